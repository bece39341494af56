"""Exports as Zoom makes them, written here with invented people, in the languages of an account."""

from __future__ import annotations

from datetime import date, time
from pathlib import Path

from pipeline.attendance import Attendance, read_attendance
from pipeline.core.sources import Seminar, SeminarSegment, Slot

SEMINAR = Seminar(
    id="harbour-en",
    title="Seminar at the harbour",
    language="en",
    region=("asia-pacific",),
    date=date(2020, 7, 9),
    start=time(8),
    end=time(9, 45),
    chair=Slot(person="ada-north"),
    segments=(SeminarSegment(segment="search"),),
)

PARTICIPANTS = {
    "en": "Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest,Recording Consent,"
    "In Waiting Room",
    "en-new": "Name (original name),Email,Join time,Leave time,Duration (minutes),Guest,Recording disclaimer response,"
    "In waiting room",
    "fr": "Nom (nom original),Adresse e-mail de l’utilisateur,Heure d’arrivée,Heure de départ,Durée (minutes),Invité,"
    "Réponse à l’avis de non-responsabilité relatif à l’enregistrement,Dans la salle d’attente",
    "fr-old": "Nom (nom original),Adresse e-mail de l'utilisateur,Heure de connexion,Heure de départ,Durée (minutes),"
    "Invité,Recording Consent,Salle d'attente",
    "es": "Nombre (nombre original),E-mail del usuario,Hora para unirse,Hora para salir,Duración (minutos),Invitado,"
    "Respuesta al descargo de responsabilidad relativa a la grabación,En sala de espera",
    "es-new": "Nombre (nombre original),Correo electrónico,Hora de entrada,Hora de salida,Duración (minutos),Invitado,"
    "Respuesta al descargo de responsabilidad relativa a la grabación,En sala de espera",
    "pt": "Nome (nome original),E-mail,Ingressar na hora,Hora de saída,Duração (minutos),Convidado,"
    "Recording Consent,Na sala de espera",
    "de": "Name (ursprünglicher Name),Benutzer-E-Mail,Beitrittszeit,Austrittszeit,Dauer (Minuten),Gast,"
    "Zustimmung zur Aufzeichnung,Im Warteraum",
    "it": "Nome (nome originale),E-mail utente,Ora di ingresso,Ora di uscita,Durata (minuti),Ospite,"
    "Recording Consent,In sala d’attesa",
}
REGISTRATION = {
    "en": "First Name,Last Name,Email,Organization,Country/Region,Registration Time,Approval Status",
    "fr": "Prénom,Nom de famille,Adresse e-mail,Organisation,Pays/Région,Heure d’inscription,Statut d’approbation",
    "es": "Nombre de pila,Apellido,Correo electrónico,Organización,País/Región,Hora de inscripción,"
    "Estado de aprobación",
    "pt": "Primeiro nome,Sobrenome,E-mail,Organização,País/Região,Horário de inscrição,Status de aprovação",
    "de": "Vorname,Nachname,E-Mail-Adresse,Organisation,Land/Region,Registrierungszeit,Genehmigungsstatus",
    "it": "Nome,Cognome,Indirizzo e-mail,Organizzazione,Paese/Regione,Ora di registrazione,Stato di approvazione",
}
APPROVED = {
    "en": "approved",
    "fr": "approuvé",
    "es": "aprobado",
    "pt": "aprovado",
    "de": "genehmigt",
    "it": "approvato",
}
SENEGAL = {"en": "Senegal", "fr": "Sénégal", "es": "Senegal", "pt": "Senegal", "de": "der Senegal", "it": "il Senegal"}
NO = {"en": "No", "fr": "Non", "es": "No", "pt": "Não", "de": "Nein", "it": "No"}

WEBINAR = """\
Attendee Report
Report Generated:,07/10/2020 09:00
Topic,Webinar ID,Actual Start Time,Actual Duration (minutes),# Registered,# Cancelled,Unique Viewers,Total Users
Seminar at the harbour,123 456 789,07/09/2020 07:50:00 AM,120,3,0,2,5,,,
Host Details
Attended,User Name (Original Name),Email,Join Time,Leave Time,Time in Session (minutes),Is Guest,Country/Region Name
Yes,Otto Host,host@example.org,07/09/2020 07:50:00 AM,07/09/2020 09:50:00 AM,120,No,Belgium,
Panelist Details
Attended,User Name (Original Name),Email,Join Time,Leave Time,Time in Session (minutes),Is Guest,Country/Region Name
Yes,Paula Panel,panel@example.org,07/09/2020 07:50:00 AM,07/09/2020 09:50:00 AM,120,Yes,Kenya
Attendee Details
Attended,User Name (Original Name),First Name,Last Name,Email,Phone,"Which topic, if any, do you ""own""?",\
Registration Time,Approval Status,Join Time,Leave Time,Time in Session (minutes),Is Guest,Country/Region Name
Yes,Mona,Mona,Vale,mona@example.org,,"Evidence, mostly",07/01/2020 10:00:00 AM,approved,07/09/2020 08:00:00 AM,\
07/09/2020 08:30:00 AM,30,Yes,France,,,
Yes,Mona,Mona,Vale,mona@example.org,,,07/01/2020 10:00:00 AM,approved,07/09/2020 09:00:00 AM,\
07/09/2020 09:45:00 AM,45,Yes,France
No,--,Nils,Noshow,nils@example.org,,,07/02/2020 10:00:00 AM,approved,--,--,--,--,--
"""


def participants(language: str, *rows: str) -> str:
    """Return a report of participants; a row is name, address, join, leave and perhaps "in waiting room"."""
    lines = [PARTICIPANTS[language]]
    for row in rows:
        name, address, joined, left, waiting = (*row.split(","), NO[language[:2]])[:5]
        lines.append(f"{name},{address},{joined},{left},1,,,{waiting}")
    return "\n".join(lines) + "\n"


def registration(language: str, *rows: str) -> str:
    """Return a report of registrations after its block about the meeting; a row is given and family name, address,
    institution and country."""
    preamble = "Topic,Meeting ID\nSeminar at the harbour,123 456 789\n\nAttendee Details\n"
    lines = [f"{row},07/01/2020 10:00:00 AM,{APPROVED[language]}" for row in rows]
    return preamble + "\n".join([REGISTRATION[language], *lines]) + "\n"


def read(
    folder: Path, *exports: str | bytes, zone: str = "UTC", names: tuple[str, ...] = (), seminar=SEMINAR
) -> Attendance:
    """Return the attendance that these exports show, written to files first."""
    paths = []
    for i, content in enumerate(exports):
        path = folder / (names[i] if names else f"harbour-en-{i}.csv")
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        paths.append(path)
    return read_attendance(seminar, paths, folder, zone)


def minutes(found: Attendance) -> dict[str, int]:
    """Return the minutes of each person by name."""
    return {person.name: person.minutes for person in found.people}


def messages(found: Attendance) -> list[str]:
    """Return all problems and remarks as they are shown."""
    return [str(each) for each in (*found.problems, *found.remarks)]
