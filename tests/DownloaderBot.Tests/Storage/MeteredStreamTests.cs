using DownloaderBot.Storage;

namespace DownloaderBot.Tests.Storage;

public sealed class MeteredStreamTests
{
    [Fact]
    public async Task What_is_read_again_counts_again_from_there()
    {
        await using var stream = new MeteredStream(new MemoryStream([1, 2, 3, 4, 5]), 5);
        var buffer = new byte[5];
        await stream.ReadExactlyAsync(buffer);
        stream.Moved.Should().Be(5);

        stream.Seek(-4, SeekOrigin.End).Should().Be(1);
        stream.Moved.Should().Be(1);
        stream.Seek(1, SeekOrigin.Current).Should().Be(2);
        (await stream.ReadAsync(buffer)).Should().Be(3);

        (stream.Moved, buffer[0]).Should().Be((5, 3));
        await stream.DisposeAsync();
        stream.Moved.Should().Be(5, "it can be asked for when the file is closed");
    }

    [Fact]
    public async Task A_part_of_a_file_is_as_long_as_was_said_and_starts_where_the_file_stood()
    {
        var file = new MemoryStream([1, 2, 3, 4, 5]) { Position = 1 };
        var positions = new List<long>();
        await using (var part = new MeteredStream(file, 3, positions.Add, leaveOpen: true))
        {
            var buffer = new byte[5];

            (await part.ReadAsync(buffer)).Should().Be(3);
            (await part.ReadAsync(buffer)).Should().Be(0);

            (part.Length, buffer[0], buffer[2]).Should().Be((3, 2, 4));
        }

        positions.Should().Equal(3, 3);
        file.CanRead.Should().BeTrue();
    }
}
