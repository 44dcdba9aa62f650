using DownloaderBot.Tests.Support;

namespace DownloaderBot.Tests.Telegram.Sessions;

/// <summary>Takes a file in and can be told to stop taking it.</summary>
internal sealed class BlockedStream : MemoryStream
{
    public Gate? Gate { get; set; }

    /// <summary>Called before each write, in the flow that writes.</summary>
    public Action<int> Writing { get; set; } = static _ => { };

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Writing(buffer.Length);
        if (Gate is { } gate)
        {
            await gate.PassAsync(cancellationToken);
        }

        await base.WriteAsync(buffer, cancellationToken);
    }
}
