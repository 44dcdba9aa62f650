namespace MemoryWatch;

/// <summary>
/// Makes a named value fit to be kept and logged: numbers, flags and times as they are, everything else as safe text. An object of the
/// application's, kept in the journal, would be a leak made by the watch.
/// </summary>
internal static class SafeValue
{
    public static object? Of(object? value) => value switch
    {
        null => null,
        string text => SafeText.Context(text),
        bool or char or sbyte or byte or short or ushort or int or uint or long or ulong or float or double or decimal
            or Guid or TimeSpan or DateTime or DateTimeOffset or DateOnly or TimeOnly or Enum => value,
        _ => Describe(value),
    };

    private static string Describe(object value)
    {
        try
        {
            return SafeText.Context(value.ToString());
        }
        catch (Exception)
        {
            // The application's code, whose fault must not reach the operation that was to be described.
            return value.GetType().Name;
        }
    }
}
