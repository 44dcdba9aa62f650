using System.Text;
using MemoryWatch.Read;

namespace MemoryWatch.Tests.Read;

public sealed class KernelFileTests : IDisposable
{
    private readonly FakeMachine _machine = new();
    private readonly byte[] _buffer = new byte[64];

    public void Dispose() => _machine.Dispose();

    [Fact]
    public void A_list_is_read_beyond_the_page_that_the_kernel_hands_out_at_once()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        // The maps of a .NET process are some hundred lines, and made line by line as vmstat is.
        using var file = new LinuxSource().File("/proc/self/maps");
        var buffer = new byte[12_000];

        file.Read(buffer).Length.Should().BeInRange(1, Environment.SystemPageSize);
        file.Read(buffer, isList: true).Length.Should().Be(buffer.Length);
    }

    [Fact]
    public void A_change_is_seen_through_the_kept_handle()
    {
        using var file = _machine.With("/file", "first\n").File("/file");
        Read(file).Should().Be("first\n");

        _machine.With("/file", "2nd\n");

        Read(file).Should().Be("2nd\n");
    }

    [Fact]
    public void A_longer_file_is_given_as_far_as_the_buffer_holds_it()
    {
        using var file = _machine.With("/file", new string('x', 100)).File("/file");

        Read(file).Should().Be(new string('x', 64));
        Read(file).Should().Be(new string('x', 64));
    }

    [Fact]
    public void A_missing_file_is_looked_for_less_and_less_often()
    {
        using var file = _machine.File("/file");
        for (var i = 0; i < 150; i++)
        {
            Read(file).Should().BeEmpty();
        }

        _machine.With("/file", "here\n");

        var missed = Enumerable.Range(0, 70).TakeWhile(_ => Read(file).Length == 0).Count();
        missed.Should().BeInRange(1, 64);
    }

    [Fact]
    public void A_folder_in_place_of_a_file_is_missing()
    {
        _machine.With("/folder/file", "x\n");
        using var file = _machine.File("/folder");

        Read(file).Should().BeEmpty();
    }

    [Fact]
    public void Once_disposed_it_stays_closed()
    {
        var file = _machine.With("/file", "x\n").File("/file");
        file.Dispose();

        Read(file).Should().BeEmpty();
        file.ReadKept(_buffer).Should().BeNegative();
    }

    private string Read(KernelFile file) => Encoding.UTF8.GetString(file.Read(_buffer));
}
