namespace MemoryWatch.Track;

/// <summary>The part of a name that all objects of a kind have in common: <c>UserSession</c> of <c>UserSession 123</c>.</summary>
internal static class KindName
{
    private const string Separators = " #:-_/.()[]";

    /// <returns>The name without words that begin with a digit and without digits at the end of words; the name itself if nothing is left.</returns>
    public static string Of(string name)
    {
        if (!name.AsSpan().ContainsAnyInRange('0', '9'))
        {
            return name;
        }

        var words = name.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(word => char.IsAsciiDigit(word.TrimStart([.. Separators]).FirstOrDefault())
                ? string.Empty
                : word.TrimEnd([.. "0123456789", .. Separators]))
            .Where(word => word.Length > 0);
        return string.Join(' ', words) is { Length: > 0 } kind ? kind : name;
    }
}
