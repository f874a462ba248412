namespace NetGen.Tests;

/// <summary>What the loops along an axis by numbers do with numbers that are none of its places.</summary>
public sealed class IndexingTests
{
    [Theory]
    [InlineData(3f)]
    [InlineData(-4f)]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(-1e30f)]
    public void A_number_that_is_no_place_is_refused(float index)
    {
        float[] x = [1, 2, 3], y = new float[3], indices = [index];
        Assert.Throws<ArgumentOutOfRangeException>(() => Indexing.GatherAxis(ref x[0], ref indices[0], ref y[0], 3, 1, 1, 0, 0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Indexing.GatherAxisGradient(ref x[0], ref indices[0], ref y[0], 3, 1, 1, 0, 0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Indexing.GatherElements(ref x[0], ref indices[0], ref y[0], 3, 1, 1, 0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Indexing.GatherElementsGradient(ref x[0], ref indices[0], ref y[0], 3, 1, 1, 0, 1));
    }

    [Fact]
    public void Fractions_are_cut_off_before_a_place_is_looked_up()
    {
        float[] x = [1, 2, 3], y = new float[5], indices = [-0.5f, -3f, -1.5f, 2.75f, -0f];
        Indexing.GatherAxis(ref x[0], ref indices[0], ref y[0], 3, 1, 5, 0, 0, 1);
        Assert.Equal([1f, 1f, 3f, 3f, 1f], y);
    }

    [Fact]
    public void Not_a_number_is_beyond_all_others()
    {
        float[] x = [1, float.NaN, 3, float.NaN, 5], y = new float[4];
        Indexing.ArgMax(ref x[0], ref y[0], 5, 1, 0, 0, 0, 1);
        Indexing.ArgMax(ref x[0], ref y[1], 5, 1, 0, 1, 0, 1);
        Indexing.ArgMax(ref x[0], ref y[2], 5, 1, 1, 0, 0, 1);
        Indexing.ArgMax(ref x[0], ref y[3], 1, 5, 0, 0, 0, 0);
        Assert.Equal([1f, 3f, 1f, 0f], y);
    }
}
