"""The window: session, workflow, actions, widgets."""
