namespace MemoryWatch.Judge;

/// <summary>
/// Judges the whole time and its last parts, because a leak may begin late: a stretch that leaks counts more than one that does not.
/// </summary>
internal static class LeakStretch
{
    /// <param name="seconds">When the floors were, in seconds.</param>
    /// <param name="floors">The floors, in bytes.</param>
    /// <param name="room">The limit, and what is left of it.</param>
    /// <param name="leastFloors">Minimum number of floors.</param>
    /// <param name="leastLaterFloors">Minimum number of floors of a stretch that begins later.</param>
    /// <returns>The first condition that is not met, how the stretch grew, and its first floor.</returns>
    public static (LeakGate Gate, GrowthShape Shape, int Start) Worst(
        ReadOnlySpan<double> seconds, ReadOnlySpan<double> floors, in LeakRoom room, int leastFloors, int leastLaterFloors)
    {
        var n = floors.Length;
        (LeakGate Gate, GrowthShape Shape, int Start) worst = (LeakGate.TooShort, default, 0);
        foreach (var start in (ReadOnlySpan<int>)[0, n / 4, n * 3 / 8, n / 2, n * 5 / 8, n * 3 / 4])
        {
            if (n - start < (start == 0 ? leastFloors : leastLaterFloors) || GrowthShape.Of(seconds, floors, start) is not { } shape)
            {
                continue;
            }

            var gate = LeakGates.Of(shape, room);
            if (start == 0 || Rank(gate) > Rank(worst.Gate))
            {
                worst = (gate, shape, start);
            }
        }

        return worst;
    }

    /// <summary>How near to a leak a condition is.</summary>
    public static int Rank(LeakGate gate) => gate switch
    {
        LeakGate.None => 2,
        LeakGate.NotConfirmed => 1,
        _ => 0,
    };
}
