namespace DownloaderBot.Tests.Support;

/// <summary>Holds whoever comes to it until it is opened.</summary>
internal sealed class Gate
{
    private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Reached => _reached.Task.WaitAsync(TestTime.Limit);

    public void Open() => _open.TrySetResult();

    /// <summary>Lets nobody through: who waits gets the exception.</summary>
    public void Break(Exception exception) => _open.TrySetException(exception);

    public async Task PassAsync(CancellationToken cancel = default)
    {
        _reached.TrySetResult();
        await _open.Task.WaitAsync(cancel);
    }
}
