"""The persons of this post: who is here, who may sign, adding, suspending, removing, absence."""
