"""What Rasa calls for answers that need the case or the database; one thin file per topic."""
