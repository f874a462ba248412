using System.Numerics;

namespace NetGen.Samples;

/// <summary>Draws digits as a hand might: strokes under a random affine map, of random thickness and brightness, with noise.</summary>
internal static class DrawnDigits
{
    private const int Side = 28;

    /// <summary>6,000 digits to train on and 1,000 others to test with.</summary>
    public static (Dataset Train, Dataset Test) TrainAndTest() => (Draw(6000, seed: 1), Draw(1000, seed: 2));

    /// <summary>As many digits as asked for, the ten in turn; the same ones for the same seed.</summary>
    public static Dataset Draw(int count, int seed)
    {
        Random random = new(seed);
        float[] images = new float[count * Side * Side];
        int[] labels = new int[count];
        for (int i = 0; i < count; i++)
        {
            labels[i] = i % 10;
            Draw(images.AsSpan(i * Side * Side, Side * Side), labels[i], random);
        }

        return Dataset.FromArrays(images, [Side, Side, 1], labels);
    }

    private static void Draw(Span<float> image, int digit, Random random)
    {
        Vector2[][][] ways = Strokes.OfDigits[digit];
        Matrix3x2 map = RandomMap(random);
        Vector2[][] strokes = [.. ways[random.Next(ways.Length)].Select(stroke => stroke.Select(point => Vector2.Transform(point + Wobble(random), map)).ToArray())];
        float halfWidth = 0.6f + (1.0f * random.NextSingle());
        float ink = 150 + (105 * random.NextSingle());
        for (int y = 0; y < Side; y++)
        {
            for (int x = 0; x < Side; x++)
            {
                // A pixel is as dark as the part of it that the stroke covers, about.
                float cover = Math.Clamp(halfWidth + 0.5f - Distance(strokes, new Vector2(x, y)), 0, 1);
                float noise = 40 * (random.NextSingle() + random.NextSingle() - 1);
                image[(y * Side) + x] = MathF.Round(Math.Clamp((ink * cover) + noise, 0, 255));
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

    private static Vector2 Wobble(Random random) => new(Spread(random, 0.02f), Spread(random, 0.02f));

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
}
