from .base import BasePage, Correction, Freshness, Rubric, TaggedPage
from .duties import MandatoryPage
from .files import Photo, PhotoRendition, PublicFile
from .items import AnnouncementPage, ArticlePage, InfographicPage, PhotoStoryPage, StoryPhoto
from .standing import ContactPage, ProfilePage, ProfilePerson, StandardPage
from .tree import DirectoryPage, HomePage, IndexPage
from .video import VideoPage

__all__ = [
    "AnnouncementPage",
    "ArticlePage",
    "BasePage",
    "ContactPage",
    "Correction",
    "DirectoryPage",
    "Freshness",
    "HomePage",
    "IndexPage",
    "InfographicPage",
    "MandatoryPage",
    "Photo",
    "PhotoRendition",
    "PhotoStoryPage",
    "ProfilePage",
    "ProfilePerson",
    "PublicFile",
    "Rubric",
    "StandardPage",
    "StoryPhoto",
    "TaggedPage",
    "VideoPage",
]
