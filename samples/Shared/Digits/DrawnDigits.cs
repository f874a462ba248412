using System.Numerics;

namespace NetGen.Samples;

/// <summary>Draws digits as a hand might: strokes under a random affine map, of random thickness and brightness, with noise.</summary>
internal static class DrawnDigits
{
    private const int Side = 28;

    /// <summary>6,000 digits to train on and others to test with.</summary>
    /// <param name="test">How many to test with.</param>
    /// <param name="style">How hard they are to read; <see cref="DigitStyle.Clean"/> where it is left out.</param>
    public static (Dataset Train, Dataset Test) TrainAndTest(int test = 1000, DigitStyle? style = null) => (Draw(6000, seed: 1, style), Draw(test, seed: 2, style));

    /// <summary>As many digits as asked for, the ten in turn; the same ones for the same seed.</summary>
    /// <param name="count">How many.</param>
    /// <param name="seed">Decides all that is drawn at random.</param>
    /// <param name="style">How hard they are to read; <see cref="DigitStyle.Clean"/> where it is left out.</param>
    public static Dataset Draw(int count, int seed, DigitStyle? style = null)
    {
        style ??= DigitStyle.Clean;
        Random random = new(seed);
        float[] images = new float[count * Side * Side];
        int[] labels = new int[count];
        for (int i = 0; i < count; i++)
        {
            labels[i] = i % 10;
            Draw(images.AsSpan(i * Side * Side, Side * Side), labels[i], style, random);
        }

        return Dataset.FromArrays(images, [Side, Side, 1], labels);
    }

    private static void Draw(Span<float> image, int digit, DigitStyle style, Random random)
    {
        Vector2[][][] ways = Strokes.OfDigits[digit];
        Matrix3x2 map = RandomMap(random);
        Vector2[][] strokes = [.. ways[random.Next(ways.Length)].Select(stroke => stroke.Select(point => Vector2.Transform(point + Wobble(style, random), map)).ToArray())];
        Pen pen = Pen.Take(random);
        (Vector2[][] Line, Pen Pen)[] scratches = new (Vector2[][], Pen)[style.Scratches];
        foreach (ref (Vector2[][] Line, Pen Pen) scratch in scratches.AsSpan()) scratch = (RandomLine(random), Pen.Take(random));
        for (int y = 0; y < Side; y++)
        {
            for (int x = 0; x < Side; x++)
            {
                Vector2 place = new(x, y);
                float ink = pen.Ink(Distance(strokes, place));
                foreach ((Vector2[][] line, Pen other) in scratches) ink = Math.Max(ink, other.Ink(Distance(line, place)));
                float noise = style.Noise * (random.NextSingle() + random.NextSingle() - 1);
                image[(y * Side) + x] = MathF.Round(Math.Clamp(ink + noise, 0, 255));
            }
        }
    }

    /// <summary>From the unit square into the picture: turned, slanted, stretched and shifted.</summary>
    private static Matrix3x2 RandomMap(Random random) =>
        Matrix3x2.CreateTranslation(-0.5f, -0.5f)
        * Matrix3x2.CreateSkew(Spread(random, 0.3f), 0)
        * Matrix3x2.CreateScale(18 + Spread(random, 4), 21 + Spread(random, 4))
        * Matrix3x2.CreateRotation(Spread(random, 0.25f))
        * Matrix3x2.CreateTranslation(13.5f + Spread(random, 2.5f), 13.5f + Spread(random, 2.5f));

    private static Vector2 Wobble(DigitStyle style, Random random) => new(Spread(random, style.Wobble), Spread(random, style.Wobble));

    /// <summary>From somewhere in the picture, as long as a stroke of a digit, in any direction.</summary>
    private static Vector2[][] RandomLine(Random random)
    {
        Vector2 start = new(Side * random.NextSingle(), Side * random.NextSingle());
        (float sin, float cos) = MathF.SinCos(MathF.Tau * random.NextSingle());
        return [[start, start + ((8 + (8 * random.NextSingle())) * new Vector2(cos, sin))]];
    }

    private static float Spread(Random random, float most) => most * ((2 * random.NextSingle()) - 1);

    private static float Distance(Vector2[][] strokes, Vector2 point)
    {
        float least = float.PositiveInfinity;
        foreach (Vector2[] stroke in strokes)
        {
            for (int i = 1; i < stroke.Length; i++)
            {
                Vector2 along = stroke[i] - stroke[i - 1];
                float t = Math.Clamp(Vector2.Dot(point - stroke[i - 1], along) / Math.Max(along.LengthSquared(), 1e-9f), 0, 1);
                least = Math.Min(least, Vector2.Distance(point, stroke[i - 1] + (t * along)));
            }
        }

        return least;
    }

    /// <summary>What strokes are drawn with.</summary>
    private readonly record struct Pen(float HalfWidth, float Brightness)
    {
        public static Pen Take(Random random) => new(0.6f + (1.0f * random.NextSingle()), 150 + (105 * random.NextSingle()));

        /// <summary>A pixel is as bright as the part of it that the stroke covers, about.</summary>
        public float Ink(float distance) => Brightness * Math.Clamp(HalfWidth + 0.5f - distance, 0, 1);
    }
}
