namespace DownloaderBot.Sessions;

internal enum LoginStep
{
    Code,
    Password,
    Done,
}
