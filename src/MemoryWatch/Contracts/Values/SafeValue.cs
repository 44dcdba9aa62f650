namespace MemoryWatch;

/// <summary>
/// Makes a named value safe to keep and log: numbers, flags, times, enums and GUIDs stay unchanged, and all other values become safe text. If
/// the journal kept an object of the application, the watch would cause a leak.
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
            // ToString is application code; its exception must not reach the operation that the value describes.
            return value.GetType().Name;
        }
    }
}
