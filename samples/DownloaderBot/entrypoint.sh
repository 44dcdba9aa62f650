#!/bin/sh
# Starts the bot in a container. A disk that the host mounts on data/ usually belongs to root, and hides the folder that the image prepared for
# the bot's user. So the container starts as root, gives the folders to that user, and drops root's rights before the bot starts.
# The arguments are the command. Nothing changes in a container that starts as another user.
set -u

if [ "$(id -u)" -eq 0 ]; then
    user=${APP_UID:-1654}
    drop="setpriv --reuid=$user --regid=$user --clear-groups --no-new-privs"
    chown -R "$user:$user" data Assets 2>/dev/null
    if $drop test -w data 2>/dev/null; then
        HOME=/home/app exec $drop "$@"
    fi

    echo "The bot runs as root: the container may not drop root's rights, or user $user cannot write to $(pwd)/data." >&2
fi

exec "$@"
