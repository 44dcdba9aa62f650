using DownloaderBot.Storage;

namespace DownloaderBot.Tests.Storage;

public sealed class MeteredReadStreamTests
{
    [Fact]
    public async Task What_is_read_again_counts_again_from_there()
    {
        await using var stream = new MeteredReadStream(new MemoryStream([1, 2, 3, 4, 5]));
        var buffer = new byte[5];
        await stream.ReadExactlyAsync(buffer);
        stream.BytesRead.Should().Be(5);

        stream.Seek(-4, SeekOrigin.End).Should().Be(1);
        stream.BytesRead.Should().Be(1);
        stream.Seek(1, SeekOrigin.Current).Should().Be(2);
        (await stream.ReadAsync(buffer)).Should().Be(3);

        (stream.BytesRead, buffer[0]).Should().Be((5, 3));
        await stream.DisposeAsync();
        stream.BytesRead.Should().Be(5, "it can be asked for when the file is closed");
    }
}
