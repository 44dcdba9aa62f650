using System.Globalization;
using MemoryWatch.Act;
using MemoryWatch.Tests.Read;
using MemoryWatch.Tests.Support;
using Xunit.Abstractions;

namespace MemoryWatch.Tests.Act;

/// <summary>Relief of real memory in a kernel's own group with a real limit. Where none can be made, it says so and passes.</summary>
public sealed class RealReliefTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Native_memory_that_the_C_library_keeps_is_returned_to_the_system()
    {
        using var group = RealCgroup.TryCreate(200 << 20);
        if (group is null)
        {
            output.WriteLine("Not checked: no memory group can be made here.");
            return;
        }

        var child = group.Start($"exec {string.Join(' ', ChildProgram.Command(NativeHeapChild.Name).Select(part => $"'{part}'"))}");
        var line = await child.StandardOutput.ReadLineAsync();
        if (line == "unavailable")
        {
            output.WriteLine("Not checked: the C library cannot trim its heap.");
            return;
        }

        output.WriteLine(line);
        line.Should().StartWith(NativeHeapRelief.StepName);
        var numbers = line![NativeHeapRelief.StepName.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(number => long.Parse(number, CultureInfo.InvariantCulture)).ToArray();
        numbers[0].Should().BeGreaterThan(60 << 20, "resident memory fell");
        (numbers[1] - numbers[2]).Should().BeGreaterThan(60 << 20, "so did what the group counts");
    }
}
