using System.Numerics;

namespace NetGen.Samples;

/// <summary>
/// Draws colour pictures of ten shapes, turned, stretched and shifted at random, before a background of two colours with lines across, under noise.
/// Neither colours nor places say anything of what is shown.
/// </summary>
internal static class DrawnShapes
{
    private const int Side = 32, Channels = 3, Size = Side * Side * Channels;

    /// <summary>3,000 pictures to train on and 1,000 others to test with.</summary>
    public static (Dataset Train, Dataset Test) TrainAndTest() => (Draw(3000, seed: 1), Draw(1000, seed: 2));

    /// <summary>As many pictures as asked for, the ten shapes in turn; the same ones for the same seed.</summary>
    public static Dataset Draw(int count, int seed)
    {
        Random random = new(seed);
        float[] images = new float[count * Size];
        int[] labels = new int[count];
        for (int i = 0; i < count; i++)
        {
            labels[i] = i % Shapes.Names.Count;
            Draw(images.AsSpan(i * Size, Size), labels[i], random);
        }

        return Dataset.FromArrays(images, [Side, Side, Channels], labels);
    }

    private static void Draw(Span<float> image, int shape, Random random)
    {
        Vector3 top = RandomColour(random), bottom = RandomColour(random), ink = RandomInk(random, (top + bottom) / 2);
        Line[] lines = [.. Enumerable.Range(0, random.Next(4)).Select(_ => RandomLine(random))];
        Matrix3x2.Invert(RandomMap(random), out Matrix3x2 toShape);
        for (int i = 0; i < Side * Side; i++)
        {
            Vector2 pixel = new(i % Side, i / Side);
            Vector3 colour = Vector3.Lerp(top, bottom, pixel.Y / (Side - 1));
            foreach (Line line in lines) colour = Vector3.Lerp(colour, line.Colour, line.Cover(pixel));
            colour = Vector3.Lerp(colour, ink, Cover(shape, pixel, toShape));
            for (int c = 0; c < Channels; c++)
            {
                float noise = 24 * (random.NextSingle() + random.NextSingle() - 1);
                image[(i * Channels) + c] = MathF.Round(Math.Clamp(colour[c] + noise, 0, 255));
            }
        }
    }

    /// <summary>The part of a pixel that the shape covers, about: of four points in it.</summary>
    private static float Cover(int shape, Vector2 pixel, Matrix3x2 toShape)
    {
        int inside = 0;
        for (int i = 0; i < 4; i++)
        {
            Vector2 point = pixel + new Vector2((i % 2) - 0.5f, (i / 2) - 0.5f) / 2;
            if (Shapes.Contains(shape, Vector2.Transform(point, toShape))) inside++;
        }

        return inside / 4f;
    }

    /// <summary>From the shape into the picture: stretched, slanted, turned and shifted.</summary>
    private static Matrix3x2 RandomMap(Random random)
    {
        float scale = 11 + Spread(random, 3);
        return Matrix3x2.CreateScale(scale * (1 + Spread(random, 0.15f)), scale * (1 + Spread(random, 0.15f)))
            * Matrix3x2.CreateSkew(Spread(random, 0.2f), 0)
            * Matrix3x2.CreateRotation(Spread(random, 0.5f))
            * Matrix3x2.CreateTranslation(15.5f + Spread(random, 3), 15.5f + Spread(random, 3));
    }

    private static Vector3 RandomColour(Random random) => 255 * new Vector3(random.NextSingle(), random.NextSingle(), random.NextSingle());

    /// <summary>A colour that can be told from the background's.</summary>
    private static Vector3 RandomInk(Random random, Vector3 background)
    {
        while (true)
        {
            Vector3 ink = RandomColour(random);
            if (Vector3.Distance(ink, background) > 130) return ink;
        }
    }

    private static Line RandomLine(Random random)
    {
        (float sin, float cos) = MathF.SinCos(Spread(random, MathF.PI));
        Vector2 normal = new(cos, sin);
        return new Line(normal, Vector2.Dot(normal, new Vector2(15.5f)) + Spread(random, 14), 0.5f + random.NextSingle(), RandomColour(random));
    }

    private static float Spread(Random random, float most) => most * ((2 * random.NextSingle()) - 1);

    /// <summary>A straight line across the picture.</summary>
    private readonly record struct Line(Vector2 Normal, float Offset, float HalfWidth, Vector3 Colour)
    {
        /// <summary>The part of a pixel that it covers, about.</summary>
        public float Cover(Vector2 pixel) => Math.Clamp(HalfWidth + 0.5f - Math.Abs(Vector2.Dot(Normal, pixel) - Offset), 0, 1);
    }
}
