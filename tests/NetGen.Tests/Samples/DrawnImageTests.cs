using System.Numerics;
using NetGen.Samples;
using NetGen.Tests.Data;

namespace NetGen.Tests.Samples;

public sealed class DrawnImageTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_seed_decides_every_pixel(bool isColoured)
    {
        float[] first = Reading.Inputs(Draw(isColoured, 40, seed: 3), 40);
        Assert.Equal(first, Reading.Inputs(Draw(isColoured, 40, seed: 3), 40));
        Assert.NotEqual(first, Reading.Inputs(Draw(isColoured, 40, seed: 4), 40));
        Assert.Equal(first[..(first.Length / 2)], Reading.Inputs(Draw(isColoured, 20, seed: 3), 20));
    }

    [Theory]
    [InlineData(false, 28, 1)]
    [InlineData(true, 32, 3)]
    public void Classes_are_balanced_and_pixels_are_bytes(bool isColoured, int side, int channels)
    {
        Dataset images = Draw(isColoured, 200, seed: 1);
        Assert.Equal([side, side, channels], images.Inputs[0].Shape);
        int[] counts = new int[10];
        float[] label = new float[1];
        for (int i = 0; i < images.Count; i++)
        {
            images.ReadTarget(i, label);
            counts[(int)label[0]]++;
        }

        Assert.Equal(Enumerable.Repeat(20, 10), counts);
        Assert.All(Reading.Inputs(images, 50), pixel => Assert.Equal((byte)pixel, pixel));
    }

    /// <summary>Scratches leave ink where clean digits have none.</summary>
    [Fact]
    public void Digits_may_be_drawn_poorly()
    {
        float[] clean = Reading.Inputs(DrawnDigits.Draw(200, seed: 3, DigitStyle.Clean), 50), poor = Reading.Inputs(DrawnDigits.Draw(200, seed: 3, DigitStyle.Poor), 50);
        Assert.Equal(Reading.Inputs(DrawnDigits.Draw(200, seed: 3), 50), clean);
        Assert.Equal(Reading.Inputs(DrawnDigits.Draw(200, seed: 3, DigitStyle.Poor), 50), poor);
        Assert.All(poor, pixel => Assert.Equal((byte)pixel, pixel));
        Assert.True(Inked(poor) > 1.1 * Inked(clean), $"{Inked(poor)} and {Inked(clean)}");

        static int Inked(float[] pixels) => pixels.Count(pixel => pixel > 125);
    }

    /// <summary>Each differs from each by an area that can be seen, and fills enough of its square to be seen.</summary>
    [Fact]
    public void Shapes_can_be_told_apart()
    {
        const int Side = 40;
        bool[][] masks = [.. Enumerable.Range(0, Shapes.Names.Count).Select(shape => Enumerable.Range(0, Side * Side).Select(i => Shapes.Contains(shape, Point(i))).ToArray())];
        for (int a = 0; a < masks.Length; a++)
        {
            Assert.InRange(masks[a].Count(inside => inside), Side * Side / 8, Side * Side * 3 / 4);
            for (int b = 0; b < a; b++)
            {
                int different = masks[a].Zip(masks[b]).Count(pair => pair.First != pair.Second);
                Assert.True(different > Side * Side / 20, $"{Shapes.Names[a]} and {Shapes.Names[b]} differ in {different} of {Side * Side} points");
            }
        }

        static Vector2 Point(int i) => (new Vector2(i % Side, i / Side) + new Vector2(0.5f)) * (2f / Side) - Vector2.One;
    }

    private static Dataset Draw(bool isColoured, int count, int seed) => isColoured ? DrawnShapes.Draw(count, seed) : DrawnDigits.Draw(count, seed);
}
