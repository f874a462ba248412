using ScottPlot;
using SkiaSharp;

namespace NetGen.Samples;

/// <summary>The font of pictures.</summary>
internal static class PlotFonts
{
    private static readonly string[] Wanted = ["Open Sans", "Segoe UI", "Helvetica", "Arial", "Liberation Sans", "Noto Sans", "DejaVu Sans"];

    /// <summary>Takes a font without serifs, as what ScottPlot takes on its own is the first that the system offers.</summary>
    public static void Choose()
    {
        string[] fonts = [.. SKFontManager.Default.FontFamilies];
        if (fonts.All(string.IsNullOrEmpty)) Console.WriteLine("This system has no fonts; the pictures are without text.");
        if (Array.Find(Wanted, fonts.Contains) is { } font) Fonts.Default = font;
    }
}
