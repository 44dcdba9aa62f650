using System.Globalization;
using MemoryWatch.Benchmarks.Processes;

namespace MemoryWatch.Benchmarks.Idle;

/// <summary>Two idle processes that run side by side, one with a watch and one without.</summary>
/// <param name="program">The idle program.</param>
/// <param name="length">For how long they run.</param>
internal sealed class IdlePair(string program, IdleLength length)
{
    private readonly ChildProgram _with = Start(program, IdleChild.WithWatch, length);
    private readonly ChildProgram _without = Start(program, IdleChild.WithoutWatch, length);

    /// <summary>Waits until both have been measured, and ends them.</summary>
    public (IdleCost With, IdleCost Without) ReadAndStop()
    {
        using (_with)
        using (_without)
        {
            return (Cost(_with), Cost(_without));
        }
    }

    private static ChildProgram Start(string program, string watch, IdleLength length) => new(
        IdleChild.Name,
        program,
        watch,
        length.SettleSeconds.ToString(CultureInfo.InvariantCulture),
        length.MeasuredSeconds.ToString(CultureInfo.InvariantCulture));

    private IdleCost Cost(ChildProgram child)
    {
        var used = TimeSpan.FromTicks(long.Parse(child.ReadLine(), CultureInfo.InvariantCulture));
        return new(used.TotalSeconds / length.MeasuredSeconds, child.ReadMemory());
    }
}

/// <summary>For how long the processes run.</summary>
/// <param name="SettleSeconds">The time before they are measured.</param>
/// <param name="MeasuredSeconds">The time over which they are measured.</param>
internal readonly record struct IdleLength(double SettleSeconds, double MeasuredSeconds);

/// <summary>What an idle process costs.</summary>
/// <param name="Core">Processor time as a part of one core.</param>
/// <param name="Memory">Memory at the end.</param>
internal readonly record struct IdleCost(double Core, ChildMemory Memory);
