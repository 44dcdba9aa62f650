using MemoryWatch.Track;

namespace MemoryWatch.Judge;

/// <summary>A running sum as it was at each reading of the history.</summary>
internal sealed class AmountSeries
{
    private readonly OperationAmount[] _at = new OperationAmount[MemoryHistory.Length];
    private long _first;

    /// <summary>Begins anew: before this reading the sum was zero.</summary>
    public void Begin(long number) => _first = number;

    /// <summary>Each reading from the first on is set, one after the other; the last may be set again.</summary>
    public void Set(long number, OperationAmount amount)
    {
        _first = Math.Min(_first, number);
        _at[number % MemoryHistory.Length] = amount;
    }

    public OperationAmount At(long number) => number < _first ? default : _at[number % MemoryHistory.Length];

    public void CopyTo(AmountSeries other)
    {
        _at.CopyTo(other._at, 0);
        other._first = _first;
    }
}
