using System.Threading.Channels;

namespace MemoryWatch.AspNetCore.Page.Live;

/// <summary>One open page. Its events wait in a short channel; a viewer that does not take them in time is dropped.</summary>
internal sealed class Viewer : IDisposable
{
    // Seconds that a viewer may be late.
    private const int Room = 8;

    private readonly Channel<ReadOnlyMemory<byte>> _events = Channel.CreateBounded<ReadOnlyMemory<byte>>(
        new BoundedChannelOptions(Room) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    private readonly CancellationTokenSource _dropped = new();

    public ChannelReader<ReadOnlyMemory<byte>> Events => _events.Reader;

    /// <summary>Canceled when the viewer is dropped, even in the middle of a write.</summary>
    public CancellationToken Dropped => _dropped.Token;

    /// <summary>Never waits.</summary>
    public bool TrySend(ReadOnlyMemory<byte> data) => _events.Writer.TryWrite(data);

    public void Drop()
    {
        _events.Writer.TryComplete();
        try
        {
            // Not on this thread, where what it cancels could take long.
            _ = _dropped.CancelAsync();
        }
        catch (ObjectDisposedException)
        {
            // It has left at the same moment.
        }
    }

    public void Dispose() => _dropped.Dispose();
}
