using Spectre.Console;

namespace MemoryWatch.Tool.Drawing;

/// <summary>How a zone looks. Letters carry the meaning, and colors only repeat it.</summary>
internal static class ZoneStyle
{
    public static Style Of(MemoryZone zone) => new(zone switch
    {
        MemoryZone.Imminent => Color.Red,
        MemoryZone.Critical => Color.Orange1,
        MemoryZone.Elevated => Color.Yellow,
        _ => Color.Green,
    });

    public static char Letter(MemoryZone zone) => zone switch
    {
        MemoryZone.Imminent => 'I',
        MemoryZone.Critical => 'C',
        MemoryZone.Elevated => 'E',
        _ => '.',
    };

    public static string Name(MemoryZone zone) => zone switch
    {
        MemoryZone.Imminent => "limit imminent",
        MemoryZone.Critical => "critical",
        MemoryZone.Elevated => "elevated",
        _ => "healthy",
    };
}
