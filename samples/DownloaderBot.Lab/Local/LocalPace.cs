using MemoryWatch;

namespace DownloaderBot.Local;

/// <summary>Delays a post's bytes, because loopback is too fast for downloads to overlap visibly.</summary>
internal sealed class LocalPace(LocalOptions options, TimeProvider time)
{
    private readonly long? _bytesPerSecond =
        options.BytesPerSecond is { } rate ? MemorySize.Parse(rate).Bytes : null;

    /// <summary>Called with a post's link and the bytes of it sent so far; a test can hold a download here.</summary>
    public Func<string, long, CancellationToken, Task>? Gate { get; set; }

    /// <param name="link">The post's link.</param>
    /// <param name="sentBytes">The bytes of it sent so far.</param>
    /// <param name="offset">How many of them were sent before the start.</param>
    /// <param name="startTimestamp">The start.</param>
    /// <param name="cancel">Cancels the delay.</param>
    public async Task WaitAsync(string link, long sentBytes, long offset, long startTimestamp, CancellationToken cancel)
    {
        if (Gate is { } gate)
        {
            await gate(link, sentBytes, cancel);
        }

        if (_bytesPerSecond is { } rate)
        {
            var ahead = TimeSpan.FromSeconds((double)(sentBytes - offset) / rate) - time.GetElapsedTime(startTimestamp);
            if (ahead > TimeSpan.Zero)
            {
                await Task.Delay(ahead, time, cancel);
            }
        }
    }
}
