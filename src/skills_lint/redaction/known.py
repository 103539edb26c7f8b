"""Words that stand where secrets and names stand, and are none."""

from __future__ import annotations

from typing import Final

# Values of password and token fields in examples, defaults and type annotations.
ORDINARY_VALUES: Final = frozenset(
    b"""
    password passwd passphrase passwort pass pwd secret secrets token tokens apikey api_key key
    credential credentials none null nil true false undefined string str bytes test testing tests
    test123 admin root guest user username postgres mysql mariadb redis mongo rabbitmq minio foo bar
    baz foobar abc abc123 default required optional empty value pw 123456 1234567 12345678 123456789
    1234567890 p4ssw0rd passw0rd password1 password123 secret123 pass123 hashed hidden masked
    removed omitted filtered sanitized bearer basic
    """.split()
)
# Accounts that a system, an image or a service brings along; they name no person.
SYSTEM_ACCOUNTS: Final = frozenset(
    b"""
    root dev user users admin administrator ubuntu debian centos fedora ec2-user vagrant docker node app
    runner runneradmin vscode coder codespace gitpod jovyan sandbox agent oai bot git svc service
    worker deploy jenkins ci circleci build builder www-data nobody daemon postgres mysql redis
    mongodb nginx apache http sync mail ftp backup guest public shared default all username
    user_name your_name yourname you me name home linuxbrew lost+found oauth2 x-access-token x-token
    token system openhands swe test tester pi wheel staff adm sudo sys bin games man lp news proxy
    irc list systemd-network messagebus webapp appuser airflow spark hadoop hdfs conda mambauser
    opam nix-build azureuser adminuser cloud-user opc python
    """.split()
)
# What follows a dot after an `@` without being the end of a mail domain: files, units, attributes of arrays.
NO_TOP_DOMAINS: Final = frozenset(
    b"""
    png jpg jpeg gif svg webp ico css js mjs ts tsx jsx py json html xml yaml yml md txt pdf service
    timer socket target mount slice scope path device swap java rb go rs php sh so dll exe zip gz
    tar tgz whl conda shape reshape weight mean sum transpose dot values data bias astype numpy loc
    iloc columns index
    """.split()
)
# Mailboxes of nobody, at the domains that RFC 2606 keeps for examples.
EXAMPLE_MAILBOXES: Final = frozenset(
    b"""
    noreply no-reply info support hello contact alice bob john.doe jane.doe john jane foo bar
    someone somebody first.last email your.email your-email your_email youremail
    """.split()
)
EXAMPLE_DOMAINS: Final = frozenset({b"example.com", b"example.org", b"example.net"})
