from .approval import OfficeApproval
from .base import BasePage, Correction, Freshness, Rubric, TaggedPage
from .duties import MandatoryPage
from .files import Photo, PhotoRendition, PublicFile
from .items import (
    AnnouncementPage,
    ArticlePage,
    EpisodeGuest,
    InfographicPage,
    PhotoStoryPage,
    PodcastEpisodePage,
    PodcastShowPage,
    StoryPhoto,
    VideoPage,
)
from .standing import ContactPage, ProfilePage, ProfilePerson, StandardPage
from .tree import DirectoryPage, HomePage, IndexPage

__all__ = [
    "AnnouncementPage",
    "ArticlePage",
    "BasePage",
    "ContactPage",
    "Correction",
    "DirectoryPage",
    "EpisodeGuest",
    "Freshness",
    "HomePage",
    "IndexPage",
    "InfographicPage",
    "MandatoryPage",
    "OfficeApproval",
    "Photo",
    "PhotoRendition",
    "PhotoStoryPage",
    "PodcastEpisodePage",
    "PodcastShowPage",
    "ProfilePage",
    "ProfilePerson",
    "PublicFile",
    "Rubric",
    "StandardPage",
    "StoryPhoto",
    "TaggedPage",
    "VideoPage",
]
