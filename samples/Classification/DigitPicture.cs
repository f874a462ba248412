using System.Text;

namespace NetGen.Samples;

/// <summary>Shows a digit as text.</summary>
internal static class DigitPicture
{
    private const string Shades = " .:-=+*#%@";

    /// <summary>A square picture, two characters a pixel.</summary>
    public static string Of(ReadOnlySpan<float> image)
    {
        int side = (int)Math.Sqrt(image.Length);
        float brightest = 1;
        foreach (float pixel in image) brightest = Math.Max(brightest, pixel);
        StringBuilder text = new();
        for (int i = 0; i < image.Length; i++)
        {
            text.Append(Shades[(int)(image[i] / brightest * (Shades.Length - 1))], 2);
            if (i % side == side - 1) text.Append('\n');
        }

        return text.ToString();
    }
}
