using System.Runtime.InteropServices;
using MemoryWatch.BlackBox.Format;
using MemoryWatch.Track;

namespace MemoryWatch.BlackBox.Record;

/// <summary>
/// Finds the names whose operations took most since the last look, ended ones and those in flight, quiet ones included. Used by the watch thread only;
/// allocates only for new names.
/// </summary>
internal sealed class NameSurvey(OperationStore operations)
{
    /// <summary>Names whose operations took less together are left for the next look.</summary>
    public const long LeastBytes = 64 << 10;

    private readonly Dictionary<string, Sum> _byName = new(StringComparer.Ordinal);
    private readonly List<Sum> _sums = [];
    private NameAllocation[] _found = [];

    /// <param name="othersBytes">What the operations of the names allocated that are not among the result.</param>
    /// <returns>The names, the largest first; empty if none took enough.</returns>
    public ReadOnlySpan<NameAllocation> Take(out long othersBytes)
    {
        othersBytes = 0;

        // Ended operations first: one that ends in between is then missing until the next look; in the other order it would count twice.
        foreach (var statistics in operations.Totals.All)
        {
            Of(statistics.Name).Begin(statistics);
        }

        foreach (var scope in operations.InFlight.Slots)
        {
            if (scope is { IsRunning: true })
            {
                Of(operations.Totals.Names.Of(scope.Name)).Add(scope.Own);
            }
        }

        if (_found.Length < _sums.Count)
        {
            _found = new NameAllocation[_sums.Count];
        }

        var (count, all) = (0, 0L);
        foreach (var sum in _sums)
        {
            var taken = sum.Taken();
            all += taken.AllocatedBytes + taken.ChargedBytes + taken.LateBytes;
            if (taken.AllocatedBytes + taken.ChargedBytes + taken.LateBytes > 0)
            {
                _found[count++] = taken;
            }
        }

        if (all < LeastBytes)
        {
            foreach (var sum in _sums)
            {
                sum.Leave();
            }

            return [];
        }

        foreach (var sum in _sums)
        {
            sum.Keep();
        }

        var found = _found.AsSpan(0, count);
        found.Sort(static (a, b) => (b.AllocatedBytes + b.ChargedBytes + b.LateBytes).CompareTo(a.AllocatedBytes + a.ChargedBytes + a.LateBytes));
        return found;
    }

    private Sum Of(string name)
    {
        ref var sum = ref CollectionsMarshal.GetValueRefOrAddDefault(_byName, name, out _);
        if (sum is null)
        {
            sum = new(name);
            _sums.Add(sum);
        }

        return sum;
    }

    /// <summary>What the operations of a name had taken at the last look, and have taken now.</summary>
    private sealed class Sum(string name)
    {
        private (long Ended, OperationAmount Own, long Late) _before;
        private (long Ended, OperationAmount Own, long Late) _now;
        private int _inFlight;

        public void Begin(OperationStatistics statistics) => _now = statistics.ReadOwn();

        public void Add(OperationAmount own)
        {
            _now.Own += own;
            _inFlight++;
        }

        public NameAllocation Taken()
        {
            var own = (_now.Own - _before.Own).Floored();
            return new(
                name, (int)Math.Clamp(_now.Ended - _before.Ended, 0, int.MaxValue), _inFlight, own.AllocatedBytes, own.ChargedBytes,
                Math.Max(0, _now.Late - _before.Late));
        }

        /// <summary>Counts from what they have taken now.</summary>
        public void Keep()
        {
            _before = _now;
            Leave();
        }

        /// <summary>Forgets what they have taken now, and counts from where it did.</summary>
        public void Leave() => (_now, _inFlight) = (default, 0);
    }
}
