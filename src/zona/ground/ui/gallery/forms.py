"""Sample forms of the gallery: every kind of input the house uses."""

from django import forms

FORM_CHOICES = [
    ("surel", "Surel"),
    ("whatsapp", "WhatsApp"),
    ("ambil", "Saya ambil di kantor"),
]


class RequestForm(forms.Form):
    """Every kind of input the house uses."""

    name = forms.CharField(label="Nama lengkap", help_text="Seperti tertulis di KTP.")
    email = forms.EmailField(label="Surel", required=False)
    what = forms.CharField(
        label="Informasi yang Anda minta",
        help_text="Tulis sejelas mungkin: tentang apa, tahun berapa, untuk daerah mana.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    year = forms.ChoiceField(
        label="Tahun", choices=[("2025", "2025"), ("2024", "2024"), ("2023", "2023")]
    )
    answer = forms.ChoiceField(
        label="Cara menerima jawaban", choices=FORM_CHOICES, widget=forms.RadioSelect
    )
    paper = forms.FileField(
        label="Lampiran", required=False, help_text="PDF atau foto, paling besar 10 MB."
    )
    agree = forms.BooleanField(label="Saya menyatakan keterangan di atas benar.")


class FilterForm(forms.Form):
    """The filters of a list."""

    q = forms.CharField(label="Kata", required=False)
    rubric = forms.ChoiceField(
        label="Rubrik",
        required=False,
        choices=[("", "Semua"), ("kegiatan", "Kegiatan"), ("opini", "Opini")],
    )
    year = forms.ChoiceField(
        label="Tahun", required=False, choices=[("", "Semua"), ("2025", "2025"), ("2024", "2024")]
    )


class SignInForm(forms.Form):
    """As the sign-in page shows it."""

    login = forms.EmailField(label="Surel kantor")
    password = forms.CharField(label="Kata sandi", widget=forms.PasswordInput)
    remember = forms.BooleanField(label="Ingat saya di perangkat ini", required=False)
