using System.Text;
using MemoryWatch.Read;

namespace MemoryWatch.Tests.Read;

public sealed class KernelFilePerCoreTests : IDisposable
{
    private readonly FakeMachine _machine = new();
    private readonly byte[] _buffer = new byte[64];

    public void Dispose() => _machine.Dispose();

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 3)]
    [InlineData(128, 16)]
    public void There_is_a_handle_for_each_core_up_to_a_few(int cores, int handles)
    {
        var made = 0;
        using var file = new KernelFilePerCore(() => Counted(ref made), cores);

        made.Should().Be(handles);
    }

    [Fact]
    public void Every_handle_sees_a_change()
    {
        using var file = Of(3);
        Read(file).Should().BeEmpty();

        _machine.With("/file", "here\n");

        // Those that were missing are looked for again one after another; meanwhile the others speak for them.
        Enumerable.Range(0, 12).Select(_ => Read(file)).Should().EndWith(Enumerable.Repeat("here\n", 9));
        Kept(file).Should().Be("here\n");
        _machine.With("/file", "2nd\n");
        Kept(file).Should().Be("2nd\n");
    }

    [Fact]
    public void Where_only_some_could_be_opened_each_thread_reads_through_those()
    {
        var made = 0;
        _machine.With("/file", "here\n");
        using var file = new KernelFilePerCore(() => _machine.File(made++ == 2 ? "/file" : "/missing"), 4);

        Kept(file).Should().Be("here\n");
        Enumerable.Range(0, 8).Select(_ => Read(file)).Should().AllBe("here\n");
    }

    [Fact]
    public void Once_disposed_it_stays_closed()
    {
        var file = new KernelFilePerCore(() => _machine.With("/file", "x\n").File("/file"), 2);
        file.Dispose();

        Read(file).Should().BeEmpty();
        file.ReadKept(_buffer).Should().BeNegative();
    }

    private KernelFilePerCore Of(int cores) => new(() => _machine.File("/file"), cores);

    private KernelFile Counted(ref int made)
    {
        made++;
        return _machine.File("/file");
    }

    private string Read(KernelFilePerCore file) => Encoding.UTF8.GetString(file.Read(_buffer));

    private string Kept(KernelFilePerCore file) => Encoding.UTF8.GetString(_buffer.AsSpan(0, Math.Max(file.ReadKept(_buffer), 0)));
}
