"""Workbooks in and out: read under guard, header found, columns mapped, cells cleaned, refusals marked.

Knows no noun: an app brings its own columns (`people/sheet.py`). Whatever touches an uploaded file's bytes
runs in a process of its own (`guard`).
"""
