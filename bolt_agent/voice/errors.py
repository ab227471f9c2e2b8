"""What can go wrong with sound: each message says what to do about it.

* VoiceError                       no hearing, or no speaking
  + NotInstalled (ImportError)       a package, or PortAudio, is missing
  + NoDevice (LookupError)           no microphone or speaker, or none of that name
  + DeviceTrouble (OSError)          it is there, but cannot be used: busy, forbidden, gone
  + BadRecording (ValueError)        a file that is not a recording
  + UnknownVoice (LookupError)       a voice that does not exist
"""

from __future__ import annotations

__all__ = ["BadRecording", "DeviceTrouble", "NoDevice", "NotInstalled", "UnknownVoice", "VoiceError"]


class VoiceError(Exception):
    """No hearing, or no speaking; the message says why and what to do."""


class NotInstalled(VoiceError, ImportError):
    """A package is missing, or the library under it."""


class NoDevice(VoiceError, LookupError):
    """There is no microphone or speaker, or none of that name."""


class DeviceTrouble(VoiceError, OSError):
    """A microphone or speaker is there but cannot be used."""


class BadRecording(VoiceError, ValueError):
    """A file that cannot be heard."""


class UnknownVoice(VoiceError, LookupError):
    """A voice that does not exist; the message names those that do."""
