using System.Numerics;

namespace NetGen.Samples;

/// <summary>The outlines of ten things: whether a point is within, where each fills about the circle of radius 1, y downwards. Mirrored they are still the same things.</summary>
internal static class Shapes
{
    /// <summary>What the shapes are called, by their labels.</summary>
    public static IReadOnlyList<string> Names { get; } = ["disc", "ring", "square", "triangle", "star", "cross", "heart", "moon", "arrow", "clover"];

    /// <summary>Whether a point lies in a shape.</summary>
    public static bool Contains(int shape, Vector2 p) => shape switch
    {
        0 => p.Length() < 0.9f,
        1 => p.Length() is > 0.5f and < 0.95f,
        2 => Math.Max(Math.Abs(p.X), Math.Abs(p.Y)) < 0.78f,
        3 => p.Y < 0.75f && Math.Abs(p.X) < 0.57f * (p.Y + 0.95f),
        4 => IsInStar(p),
        5 => Math.Min(Math.Abs(p.X), Math.Abs(p.Y)) < 0.3f && Math.Max(Math.Abs(p.X), Math.Abs(p.Y)) < 0.95f,
        6 => IsInHeart(1.25f * p),
        7 => p.Length() < 0.95f && Vector2.Distance(p, new Vector2(0.45f, 0)) > 0.75f,
        8 => p.Y < 0 ? Math.Abs(p.X) < 0.9f * (p.Y + 0.95f) : p.Y < 0.95f && Math.Abs(p.X) < 0.25f,
        9 => p.Length() < 0.58f + (0.4f * MathF.Cos(3 * MathF.Atan2(p.X, p.Y))),
        _ => throw new ArgumentOutOfRangeException(nameof(shape)),
    };

    /// <summary>One of five equal parts of the star, mirrored at its axis, is a triangle; its outer edge runs from the tip to the inner corner.</summary>
    private static bool IsInStar(Vector2 p)
    {
        const float Part = 2 * MathF.PI / 5, Inner = 0.42f;
        float angle = MathF.Atan2(p.X, -p.Y);
        angle = Math.Abs(angle - (Part * MathF.Round(angle / Part)));
        (float sin, float cos) = MathF.SinCos(angle);
        (float cornerSin, float cornerCos) = MathF.SinCos(Part / 2);
        Vector2 point = p.Length() * new Vector2(cos, sin), corner = Inner * new Vector2(cornerCos, cornerSin);
        return ((1 - corner.X) * point.Y) + (corner.Y * (point.X - 1)) < 0;
    }

    /// <summary>The curve of sixth degree (x² + y² - 1)³ = x² y³, with y upwards.</summary>
    private static bool IsInHeart(Vector2 p)
    {
        float y = 0.15f - p.Y, square = (p.X * p.X) + (y * y) - 1;
        return square * square * square < p.X * p.X * y * y * y;
    }
}
