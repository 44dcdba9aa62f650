namespace DownloaderBot.Sessions;

/// <summary>A place among the sessions; guarded by the manager's lock.</summary>
internal sealed class SessionSlot(long userId)
{
    public long UserId { get; } = userId;

    /// <summary>Completed once connected; the one who opened the slot completes it.</summary>
    public TaskCompletionSource<IUserSession> Session { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>How many use it now; a slot in use is never disconnected to make room.</summary>
    public int Uses { get; set; }

    /// <summary>Grows with every use; the smallest is the least recently used.</summary>
    public long LastUse { get; set; }
}
