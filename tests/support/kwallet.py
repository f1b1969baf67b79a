#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""kwallet.py [--sealed] kwalletd COMMAND...

Runs COMMAND on this bus with a KWallet service whose wallet is open, as after a login: the service
takes the wallet's key by the pipe and its environment by the socket that PAM's module hands to it
(kwallet-pam, pam_kwallet.c). --sealed starts it without the key: its wallet, if any, is locked."""
import hashlib
import os
import secrets
import socket
import subprocess
import sys
import time

KEY_LENGTH = 56  # of PAM_KWALLET's KWALLET_PAM_KEYSIZE, and of its salt
ITERATIONS = 50000  # KWALLET_PAM_ITERATIONS


def key_of(password, folder):
    salt_file = os.path.join(folder, "kdewallet.salt")
    if not os.path.exists(salt_file):
        with open(salt_file, "wb") as file:
            file.write(secrets.token_bytes(KEY_LENGTH))
    with open(salt_file, "rb") as file:
        return hashlib.pbkdf2_hmac("sha512", password, file.read(), ITERATIONS, KEY_LENGTH)


def start_open(daemon, folder):
    """As PAM does: the key by a pipe, then the environment by a socket."""
    path = os.path.join(os.environ["XDG_RUNTIME_DIR"], "kwallet-login")
    if os.path.exists(path):
        os.unlink(path)
    login = socket.socket(socket.AF_UNIX)
    login.bind(path)
    login.listen(1)
    reader, writer = os.pipe()
    process = subprocess.Popen(
        [daemon, "--pam-login", str(reader), str(login.fileno())],
        pass_fds=(reader, login.fileno()),
        env=dict(os.environ, PAM_KWALLET5_LOGIN=path))
    os.close(reader)
    os.write(writer, key_of(b"test", folder))
    os.close(writer)
    with socket.socket(socket.AF_UNIX) as environment:
        environment.connect(path)
        lines = [f"{name}={value}\n" for name, value in os.environ.items() if "\n" not in value]
        environment.sendall("".join(lines).encode())
    return process


def asks(service, *call):
    return subprocess.run(["dbus-send", "--session", "--print-reply=literal", "--reply-timeout=2000",
                           "--dest=" + service, *call], capture_output=True, text=True).stdout


def await_service(process, daemon, is_open):
    version = daemon[-1]
    service = "org.kde.kwalletd" + version
    for _ in range(200):
        if process.poll() is not None:
            sys.exit("kwalletd ended at once")
        owned = asks("org.freedesktop.DBus", "/", "org.freedesktop.DBus.NameHasOwner", "string:" + service)
        if "true" in owned and (not is_open or "true" in asks(
                service, "/modules/kwalletd" + version, "org.kde.KWallet.isOpen", "string:kdewallet")):
            return
        time.sleep(0.05)
    sys.exit("kwalletd did not open its wallet")


def main():
    arguments = sys.argv[1:]
    is_sealed = arguments[0] == "--sealed"
    daemon, *command = arguments[is_sealed:]
    folder = os.path.join(os.environ["XDG_DATA_HOME"], "kwalletd")
    os.makedirs(folder, exist_ok=True)
    process = subprocess.Popen([daemon]) if is_sealed else start_open(daemon, folder)
    try:
        await_service(process, daemon, not is_sealed)
        return subprocess.run(command).returncode
    finally:
        # As at the end of a session: what it still holds is written.
        service = "org.kde.kwalletd" + daemon[-1]
        asks(service, "/modules/kwalletd" + daemon[-1], "org.kde.KWallet.close", "string:kdewallet", "boolean:true")
        process.terminate()
        try:
            process.wait(5)
        except subprocess.TimeoutExpired:
            process.kill()


sys.exit(main())
