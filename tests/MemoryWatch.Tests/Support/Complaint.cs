using System.Runtime.CompilerServices;

namespace MemoryWatch.Tests.Support;

/// <summary>What is wrong if a condition does not hold. The text is put together only then, because simulations check millions of conditions.</summary>
[InterpolatedStringHandler]
internal ref struct Complaint
{
    private DefaultInterpolatedStringHandler _text;

    public Complaint(int literalLength, int formattedCount, bool isTrue, out bool isNeeded)
    {
        isNeeded = !isTrue;
        if (isNeeded)
        {
            _text = new(literalLength, formattedCount);
        }
    }

    public void AppendLiteral(string value) => _text.AppendLiteral(value);

    public void AppendFormatted<T>(T value) => _text.AppendFormatted(value);

    public string Read() => _text.ToStringAndClear();
}
