namespace MemoryWatch;

/// <summary>
/// A number that may be unknown, in 8 bytes instead of 16: a snapshot holds some forty of them and is taken every second. The default is
/// unknown. The lowest <see cref="long"/> cannot be stored, and no reading is ever that.
/// </summary>
internal readonly struct OptionalNumber(long? value)
{
    private readonly long _shifted = (value ?? long.MinValue) ^ long.MinValue;

    public long? Value => _shifted == 0 ? null : _shifted ^ long.MinValue;
}
