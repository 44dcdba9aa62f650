namespace MemoryWatch.Read;

/// <summary>Whether the user limits the number of arenas of the C library, in one of the two ways that glibc knows.</summary>
internal static class ArenaSetting
{
    private const string Variable = "MALLOC_ARENA_MAX";
    private const string Tunables = "GLIBC_TUNABLES";
    private const string Tunable = "glibc.malloc.arena_max=";

    /// <param name="variable">Returns a variable of the environment; <see langword="null"/> if it is not set.</param>
    public static bool IsLimited(Func<string, string?> variable) =>
        variable(Variable) is { Length: > 0 } || (variable(Tunables)?.Contains(Tunable, StringComparison.Ordinal) ?? false);
}
