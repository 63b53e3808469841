"""Guides by events of life (hướng dẫn theo sự kiện cuộc đời): declared by packs, narrowed by a few answers."""
