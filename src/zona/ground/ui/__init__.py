"""The look of Zona: tokens, components, icons, page frame. No models."""
