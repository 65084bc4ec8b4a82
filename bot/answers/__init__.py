"""What the guide says: replies made of reviewed content and of what is known about the patient. No Rasa, no I/O."""
