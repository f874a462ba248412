using System.Numerics;

namespace NetGen.Samples;

/// <summary>The strokes of the digits as chains of points in the unit square, x to the right and y downwards.</summary>
internal static class Strokes
{
    /// <summary>The strokes of each digit, in one or two ways of writing it.</summary>
    public static readonly Vector2[][][][] OfDigits =
    [
        [[Arc(0.5f, 0.5f, 0.3f, 0.42f, -90, 270)]],
        [[Line(0.34f, 0.26f, 0.53f, 0.08f, 0.53f, 0.92f)], [Line(0.5f, 0.08f, 0.5f, 0.92f)]],
        [[[.. Arc(0.5f, 0.32f, 0.27f, 0.24f, 190, 395), .. Line(0.2f, 0.92f, 0.82f, 0.92f)]]],
        [[[.. Arc(0.47f, 0.29f, 0.25f, 0.21f, 205, 450), .. Arc(0.47f, 0.71f, 0.29f, 0.21f, 270, 515)]]],
        [[Line(0.62f, 0.08f, 0.2f, 0.64f, 0.84f, 0.64f), Line(0.64f, 0.36f, 0.64f, 0.94f)], [Line(0.24f, 0.1f, 0.22f, 0.52f, 0.78f, 0.52f), Line(0.76f, 0.1f, 0.72f, 0.94f)]],
        [[[.. Line(0.78f, 0.09f, 0.32f, 0.09f, 0.28f, 0.46f), .. Arc(0.48f, 0.67f, 0.28f, 0.25f, 225, 510)]]],
        [[[.. Line(0.66f, 0.07f, 0.4f, 0.3f, 0.25f, 0.6f), .. Arc(0.5f, 0.69f, 0.26f, 0.23f, 190, 545)]]],
        [[Line(0.2f, 0.1f, 0.8f, 0.1f, 0.42f, 0.92f)], [Line(0.2f, 0.1f, 0.8f, 0.1f, 0.42f, 0.92f), Line(0.36f, 0.5f, 0.74f, 0.5f)]],
        [[Arc(0.5f, 0.29f, 0.22f, 0.2f, -90, 270), Arc(0.5f, 0.71f, 0.27f, 0.22f, -90, 270)]],
        [[[.. Arc(0.5f, 0.33f, 0.25f, 0.24f, 0, 360), .. Line(0.75f, 0.33f, 0.7f, 0.65f, 0.54f, 0.92f)]]],
    ];

    private static Vector2[] Line(params ReadOnlySpan<float> coordinates)
    {
        Vector2[] points = new Vector2[coordinates.Length / 2];
        for (int i = 0; i < points.Length; i++) points[i] = new Vector2(coordinates[2 * i], coordinates[(2 * i) + 1]);
        return points;
    }

    private static Vector2[] Arc(float centerX, float centerY, float radiusX, float radiusY, float fromDegrees, float toDegrees)
    {
        const int Pieces = 16;
        Vector2[] points = new Vector2[Pieces + 1];
        for (int i = 0; i <= Pieces; i++)
        {
            (float sin, float cos) = MathF.SinCos(float.DegreesToRadians(fromDegrees + ((toDegrees - fromDegrees) * i / Pieces)));
            points[i] = new Vector2(centerX + (radiusX * cos), centerY + (radiusY * sin));
        }

        return points;
    }
}
