using System.Text;
using MemoryWatch.Files;
using MemoryWatch.Read;
using Xunit.Abstractions;

namespace MemoryWatch.Tests.Read;

/// <summary>What glibc says of the native heap, and what is made of it if it is cut off or something else.</summary>
public sealed class NativeHeapTextTests(ITestOutputHelper output)
{
    // glibc 2.36, two arenas; the lists of free blocks are shortened.
    private const string Text =
        """
        <malloc version="1">
        <heap nr="0">
        <sizes>
          <size from="20017" to="20017" total="9988483" count="499"/>
          <unsorted from="15905" to="15905" total="15905" count="1"/>
        </sizes>
        <total type="fast" count="2" size="96"/>
        <total type="rest" count="501" size="10017172"/>
        <system type="current" size="20029440"/>
        <system type="max" size="20029440"/>
        <aspace type="total" size="20029440"/>
        <aspace type="mprotect" size="20029440"/>
        </heap>
        <heap nr="1">
        <sizes>
        </sizes>
        <total type="fast" count="0" size="0"/>
        <total type="rest" count="1" size="133000"/>
        <system type="current" size="135168"/>
        <system type="max" size="135168"/>
        <aspace type="total" size="135168"/>
        <aspace type="mprotect" size="135168"/>
        <aspace type="subheaps" size="1"/>
        </heap>
        <total type="fast" count="2" size="96"/>
        <total type="rest" count="502" size="10150172"/>
        <total type="mmap" count="1" size="4198400"/>
        <system type="current" size="20164608"/>
        <system type="max" size="20164608"/>
        <aspace type="total" size="20164608"/>
        <aspace type="mprotect" size="20164608"/>
        </malloc>

        """;

    private static readonly DateTimeOffset Now = new(2026, 12, 1, 3, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(4096)]
    public void Arenas_are_counted_and_the_totals_are_those_of_all_arenas(int piece) =>
        Parse(Text, piece).Should().Be(new NativeHeapReading(2, 20164608 + 4198400, 96 + 10150172, Now));

    [Theory]
    [InlineData("</malloc>", "")]
    [InlineData("<total type=\"mmap\" count=\"1\" size=\"4198400\"/>", "")]
    [InlineData("<system type=\"current\" size=\"20164608\"/>", "<system type=\"current\" size=\"-1\"/>")]
    [InlineData("<system type=\"current\" size=\"20164608\"/>", "<system type=\"current\" size=\"99999999999999999999\"/>")]
    [InlineData("size=\"10150172\"/>", "size=\"10150172")]
    [InlineData("size=\"10150172\"", "size=\"90150172\"")]
    [InlineData("</heap>\n<total", "\n<total")]
    public void A_number_that_is_missing_or_implausible_means_that_nothing_is_known(string part, string instead) =>
        Parse(Text.Replace(part, instead, StringComparison.Ordinal), 100).Should().BeNull();

    [Fact]
    public void Text_that_is_cut_off_anywhere_is_not_read()
    {
        for (var length = 0; length < Text.Length - 2; length++)
        {
            Parse(Text[..length], 64).Should().BeNull("at {0} of {1}", length, Text.Length);
        }
    }

    [Fact]
    public void Junk_does_no_harm()
    {
        var (random, text) = (new Random(7), Encoding.UTF8.GetBytes(Text));
        for (var i = 0; i < 2000; i++)
        {
            var mutant = text.ToArray();
            for (var change = random.Next(1, 20); change > 0; change--)
            {
                mutant[random.Next(mutant.Length)] = (byte)random.Next(256);
            }

            var parser = new NativeHeapText();
            parser.Add(mutant);
            var reading = parser.Read(Now);
            (reading is null || (reading.FreeBytes >= 0 && reading.FreeBytes <= reading.SystemBytes)).Should().BeTrue();
        }
    }

    [Fact]
    public void A_line_of_any_length_is_passed_over() =>
        Parse(Text.Replace("<sizes>\n  <size", $"<sizes>\n{new string('x', 100_000)}\n  <size", StringComparison.Ordinal), 1000)!.ArenaCount.Should().Be(2);

    [Fact]
    public unsafe void What_is_freed_in_small_pieces_stays_free_in_the_real_one()
    {
        if (HeapOf() is not { } before)
        {
            output.WriteLine("Not checked: this C library says nothing of its heap.");
            return;
        }

        const int Pieces = 2000;
        const int Size = 10_000;
        var pieces = new nint[Pieces];
        for (var i = 0; i < Pieces; i++)
        {
            pieces[i] = (nint)System.Runtime.InteropServices.NativeMemory.Alloc(Size);
        }

        var held = HeapOf()!;
        for (var i = 0; i < Pieces; i += 2)
        {
            System.Runtime.InteropServices.NativeMemory.Free((void*)pieces[i]);
        }

        var freed = HeapOf()!;
        for (var i = 1; i < Pieces; i += 2)
        {
            System.Runtime.InteropServices.NativeMemory.Free((void*)pieces[i]);
        }

        output.WriteLine($"{before}\n{held}\n{freed}");
        before.ArenaCount.Should().BePositive();
        held.SystemBytes.Should().BeGreaterThan(Pieces * Size);
        (freed.FreeBytes - held.FreeBytes).Should().BeInRange(Pieces * Size / 2 - (1 << 20), Pieces * Size);
    }

    private static NativeHeapReading? HeapOf()
    {
        var parser = new NativeHeapText();
        return HeapInfo.TryRead(parser.Add) ? parser.Read(Now) : null;
    }

    private static NativeHeapReading? Parse(string text, int piece)
    {
        var parser = new NativeHeapText();
        foreach (var part in Encoding.UTF8.GetBytes(text).Chunk(piece))
        {
            parser.Add(part);
        }

        return parser.Read(Now);
    }
}
