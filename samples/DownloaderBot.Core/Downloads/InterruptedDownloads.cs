using DownloaderBot.Chat;
using DownloaderBot.Logging;
using DownloaderBot.Users;
using MemoryWatch;

namespace DownloaderBot.Downloads;

/// <summary>
/// Tells users at the start that the last run ended in the middle of their downloads, and how to start them again. The bot does not do that
/// itself: a download that kills the program would kill it again after each restart. Those that only waited when the bot restarted on purpose go
/// back into the queue.
/// </summary>
internal sealed class InterruptedDownloads(
    DownloadJournal journal, DownloadService downloads, UserDirectory users, IChat chat, Replier replier, IMemoryWatch watch, TimeProvider time,
    ILogger<InterruptedDownloads> logger) : BackgroundService
{
    private const int MostRounds = 5;

    private const string Back = "I am back, and your download is in the queue again.";

    private readonly List<InterruptedDownload> _left = [];

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        // Before the first command, so that no download of this run is among them.
        _left.AddRange(journal.Read());
        return base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await ResumeAsync(stoppingToken);
            for (var round = 1; _left.Count > 0; round++)
            {
                foreach (var download in _left.ToArray())
                {
                    if (await TryTellAsync(download, stoppingToken) || round == MostRounds)
                    {
                        journal.Remove(download);
                        _left.Remove(download);
                    }
                }

                if (_left.Count > 0)
                {
                    await Task.Delay(TimeSpan.FromMinutes(round), time, stoppingToken);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // This is the end, and not an error. The next start tells the rest.
        }
    }

    private async Task ResumeAsync(CancellationToken cancel)
    {
        foreach (var download in _left.Where(download => download.IsKept).ToArray())
        {
            var user = await users.GetAsync(download.UserId, cancel);
            if (user.IsLoggedIn && downloads.Resume(user, download))
            {
                journal.Remove(download);
                _left.Remove(download);
                watch.Mark("Download Resumed", $"User {download.UserId} | {download.First}");
                await replier.TellAsync(download.UserId, Back, cancel);
            }
        }
    }

    private async Task<bool> TryTellAsync(InterruptedDownload download, CancellationToken cancel)
    {
        try
        {
            if (download.MessageId is { } message)
            {
                await chat.EditAsync(download.UserId, message, $"Interrupted: {download.First}", cancel);
            }

            await chat.SendAsync(download.UserId, TextFor(download), cancel);
            watch.Mark("Download Interrupted", $"User {download.UserId} | {download.First}");
            return true;
        }
        catch (UserGoneException)
        {
            return true;
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancel.IsCancellationRequested)
        {
            logger.NotTold(download.UserId, exception.Message);
            return false;
        }
    }

    private static string TextFor(InterruptedDownload download) =>
        "I was interrupted before your download was done. To start it again, send:\n"
        + (download.Last is { } last && last != download.First ? $"/bdl {download.First} {last}" : $"/dl {download.First}");
}
