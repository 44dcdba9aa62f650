namespace MemoryWatch.Tests.Support;

/// <summary>
/// What operations of a name were charged with. A thread that is held up just where a flow leaves it may charge its part only after the
/// operation has ended elsewhere; on a busy machine that part counts as after the end.
/// </summary>
internal static class ChargedBytes
{
    public static void ShouldBeCharged(this IMemoryWatch watch, string name, int megabytes)
    {
        var (expected, tolerance) = (Bytes.Megabytes(megabytes), Bytes.Megabytes(megabytes) / 100);
        Deadline.Until(() => Charged() >= expected - tolerance, $"{name} should be charged with {megabytes} MB");
        Charged().Should().BeCloseTo(expected, (ulong)tolerance, name);

        long Charged()
        {
            OperationTotals totals = watch.TotalsByName.Single(t => t.Name == name);
            return totals.AllocatedTotalBytes!.Value + totals.AfterEndBytes!.Value;
        }
    }
}
