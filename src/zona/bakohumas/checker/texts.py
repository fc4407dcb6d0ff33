"""What each finding of the checker says: its name, what is wrong, how it is mended."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .rules import Severity


@dataclass(frozen=True, slots=True)
class Text:
    """`what` and `how` may name the values of a finding; `name` is for lists of rules."""

    name: str | Promise
    what: str | Promise
    how: str | Promise


SEVERITIES = {
    Severity.FAULT: _("Wrong"),
    Severity.WARNING: _("Please check"),
    Severity.HINT: _("Suggestion"),
}
QUESTIONS = {"who": _("who"), "when": _("when"), "where": _("where")}

DATES = {
    "weekday_wrong": Text(
        _("Weekday and date do not agree"),
        _("%(date)s is a %(right)s, not a %(printed)s."),
        _("Look at the invitation: weekday, day, month or year is wrong."),
    ),
    "weekday_doubtful": Text(
        _("Weekday does not fit the date without a year"),
        _("%(date)s is a %(right)s, not a %(printed)s."),
        _("The year is not printed, so this is a guess. Add the year and check the weekday."),
    ),
    "date_impossible": Text(
        _("A day that does not exist"),
        _("There is no %(excerpt)s in the calendar."),
        _("Put in the right day or month."),
    ),
    "date_missing": Text(
        _("No date"),
        _("Neither the text nor the date of the activity says when it was."),
        _("Write weekday and whole date in the lead, such as: Kamis (21/8/2025)."),
    ),
    "year_missing": Text(
        _("No year"),
        _("No date in the text has a year."),
        _("Add the year: in some years nobody can tell which one it was."),
    ),
    "event_after_publication": Text(
        _("The activity lies after publication"),
        _("The activity is dated %(day)s, but the item comes out on %(published)s."),
        _("Check the date; or write that it is still to come."),
    ),
    "date_other_than_activity": Text(
        _("The text names another day than the activity's"),
        _("The text says %(printed)s, the activity was on %(day)s."),
        _("Make them agree: in the text or in the field for the date of the activity."),
    ),
    "activity_other_than_event": Text(
        _("Date of the activity and agenda differ"),
        _("The date of the activity is %(day)s; “%(title)s” stands in the agenda on %(event)s."),
        _("Check the date, or whether the item is linked to the right event."),
    ),
}
NUMBERS = {
    "sum_of_men_and_women": Text(
        _("Men and women do not add up"),
        _("%(men)s men and %(women)s women make %(sum)s, but the text says %(total)s."),
        _("Compare all three numbers with the official report."),
    ),
    "sum_of_list": Text(
        _("Parts do not add up"),
        _("%(parts)s makes %(sum)s, but the text says %(total)s."),
        _("Check each number; or say that the list is not complete."),
    ),
    "share_wrong": Text(
        _("Percentage does not come out"),
        _("%(part)s of %(whole)s is %(share)s percent, not %(printed)s."),
        _("Check the numbers and calculate again."),
    ),
    "thousands_by_comma": Text(
        _("Thousands with a comma"),
        _("“%(excerpt)s” parts thousands by a comma."),
        _("In Indonesian thousands are parted by a point: %(suggestion)s."),
    ),
}
PRIVACY = {
    "privacy_nik": Text(
        _("NIK of a person"),
        _("A number like a NIK stands here."),
        _("Take it out. It must never be published (Law 27/2022)."),
    ),
    "privacy_phone": Text(
        _("Mobile number"),
        _("A mobile number stands here."),
        _("Publish only the office's service numbers; take out those of private persons."),
    ),
    "privacy_address": Text(
        _("Home address (RT/RW)"),
        _("An address down to RT and RW stands here."),
        _("For private persons the village is enough."),
    ),
    "privacy_health": Text(
        _("Health or death beside a name"),
        _("A named private person and a word of health or death stand in one sentence."),
        _(
            "Health is specific personal data (Law 27/2022, art. 4). Leave out the name, or ask"
            " for consent in writing."
        ),
    ),
    "privacy_child": Text(
        _("Named child"),
        _("A child seems to be named here."),
        _("Leave out the name, or keep the parents' consent in writing (Law 27/2022, art. 25)."),
    ),
}
LEFTOVERS = {
    "placeholder": Text(
        _("Place that was not filled in"),
        _("Still to be filled in: %(count)s. The first: “%(excerpt)s”."),
        _("Write what belongs here, or delete it."),
    ),
    "markup": Text(
        _("Marks of Word or of a website"),
        _("“%(excerpt)s” is left from pasting."),
        _("Delete it; paste without formatting next time (Ctrl+Shift+V)."),
    ),
    "broken_letters": Text(
        _("Broken letters"),
        _("“%(excerpt)s” was a letter or a quotation mark that broke when pasted."),
        _("Type it anew."),
    ),
    "button_text": Text(
        _("Words of a button"),
        _("“%(excerpt)s” looks like the words of a button of another page."),
        _("Delete it."),
    ),
    "caption_in_text": Text(
        _("Caption inside the text"),
        _("“%(excerpt)s” belongs to a photo, not into the text."),
        _("Move it to the caption or the credit of the photo."),
    ),
    "invisible_signs": Text(
        _("Invisible signs"),
        _("An invisible sign stands here; it disturbs search and reading aloud."),
        _("Delete the word and type it anew."),
    ),
    "double_space": Text(
        _("Double spaces"),
        _("Double spaces: %(count)s."),
        _("One is enough."),
    ),
}
COMPLETE = {
    "title_missing": Text(
        _("No title"), _("The title is missing."), _("Say in one line who did what.")
    ),
    "title_long": Text(
        _("Title too long"),
        _("The title has %(length)s characters; at most %(most)s are good."),
        _("Name the office and the one thing that happened; the rest belongs into the lead."),
    ),
    "title_cut": Text(
        _("Title is cut in search results"),
        _("The title has %(length)s characters; behind %(most)s it is cut in search results."),
        _("Put what matters most first, or shorten it."),
    ),
    "title_capitals": Text(
        _("Title in capitals"),
        _("Capitals are hard to read and look like shouting."),
        _("Write: %(suggestion)s"),
    ),
    "title_full_stop": Text(
        _("Full stop behind the title"),
        _("A title ends without a full stop."),
        _("Delete it."),
    ),
    "lead_missing": Text(
        _("No lead"),
        _("The lead is missing; it stands in lists, on cards and in search results."),
        _("One or two sentences: who did what, when and where."),
    ),
    "questions_open": Text(
        _("Who, when, where"),
        _("The opening does not say: %(questions)s."),
        _("Add it to the lead, or fill in the fields place and people."),
    ),
    "dateline_missing": Text(
        _("No dateline"),
        _("The dateline is missing."),
        _("Articles of this office begin with: %(suggestion)s"),
    ),
    "dateline_other": Text(
        _("Other dateline than usual"),
        _("The dateline reads “%(excerpt)s”."),
        _("Articles of this office begin with: %(suggestion)s"),
    ),
    "dateline_twice": Text(
        _("Dateline twice"),
        _("“%(excerpt)s” stands in the text, and the dateline has its own field."),
        _("Delete it from the text."),
    ),
    "second_item": Text(
        _("Second item on the same event"),
        _("There is one already: “%(title)s”."),
        _("Add to that one, or make clear in the title what is new here."),
    ),
}
WORDING = {
    "abbreviation_unsaid": Text(
        _("Abbreviation not said in full"),
        _("Not said in full: %(list)s."),
        _("Write it once in full where it stands first: %(suggestion)s."),
    ),
    "expansion_wrong": Text(
        _("Abbreviation said wrongly"),
        _("%(short)s does not stand for “%(excerpt)s”."),
        _("%(short)s stands for: %(right)s."),
    ),
    "expanded_twice": Text(
        _("Abbreviation said in full twice"),
        _("%(short)s is said in full a second time."),
        _("Once is enough; from then on the abbreviation alone."),
    ),
    "space_missing": Text(
        _("Missing space"),
        _("A space is missing in “%(excerpt)s”."),
        _("Write: %(suggestion)s"),
    ),
    "space_before": Text(
        _("Space before a punctuation mark"),
        _("A space stands before “%(suggestion)s”."),
        _("Delete the space."),
    ),
    "word_twice": Text(
        _("Word twice"), _("“%(excerpt)s”: the word stands twice."), _("Delete one.")
    ),
    "spelling": Text(
        _("Spelling"),
        _("“%(excerpt)s” is not the standard spelling."),
        _("Write: %(suggestion)s"),
    ),
    "sentence_long": Text(
        _("Long sentence"),
        _("A sentence of %(words)s words; more than %(most)s are hard to follow."),
        _("Make two of it."),
    ),
}
PICTURES = {
    "alt_missing": Text(
        _("No alternative text"),
        _("The photo has no words for those who do not see it."),
        _("Say in one sentence what is seen."),
    ),
    "alt_is_file_name": Text(
        _("File name as alternative text"),
        _("The alternative text is the name of a file."),
        _("Say in one sentence what is seen."),
    ),
    "alt_is_title": Text(
        _("Title as alternative text"),
        _("The alternative text repeats the title."),
        _("Say what is seen: who does what, where."),
    ),
    "caption_missing": Text(
        _("No caption"),
        _("The photo has no caption."),
        _("Say who is seen, doing what, where and when."),
    ),
    "credit_missing": Text(
        _("No credit"),
        _("The photo does not say who made it."),
        _("Such as: Humas KPU Kabupaten Magelang."),
    ),
    "photo_children": Text(
        _("Children in the photo without consent"),
        _("Children can be recognised, and their parents' consent in writing is not noted."),
        _("Get it in writing and note it, or choose another photo."),
    ),
    "photo_not_asked": Text(
        _("Person in the photo was not asked"),
        _("Somebody is singled out in the photo and was not asked yet."),
        _("Ask before you publish it, and note the answer."),
    ),
}

UNCHECKED = {
    "part_unchecked": Text(
        _("Part that was not checked"),
        _("%(count)s signs from “%(begin)s” on were not checked."),
        _("A pasted picture or program code? Take it out. A long text? Make two items of it."),
    ),
    "check_pending": Text(
        _("Still being checked"),
        _("The checker is still reading this text."),
        _("Wait a moment, then open the page again."),
    ),
    "check_unfinished": Text(
        _("Could not be checked"),
        _("The checker did not come to an end with this text."),
        _("Take out what was pasted by mistake, or make the text shorter; then it is checked."),
    ),
}

TEXTS: dict[str, Text] = (
    DATES | NUMBERS | PRIVACY | LEFTOVERS | COMPLETE | WORDING | PICTURES | UNCHECKED
)

# What an office may let hold an item back: what is wrong or harms, not matters of taste.
_BLOCKABLE = (
    "weekday_wrong", "date_impossible", "date_missing", "year_missing", "event_after_publication",
    "date_other_than_activity", "activity_other_than_event", "sum_of_men_and_women", "sum_of_list",
    "share_wrong", "privacy_nik", "privacy_phone", "privacy_address", "privacy_health",
    "privacy_child", "placeholder", "markup", "broken_letters", "button_text", "caption_in_text",
    "title_missing", "title_long", "title_capitals", "lead_missing", "second_item",
    "expansion_wrong", "alt_missing", "caption_missing", "credit_missing", "photo_children",
    "photo_not_asked",
)  # fmt: skip
BLOCKABLE: dict[str, str | Promise] = {code: TEXTS[code].name for code in _BLOCKABLE}
