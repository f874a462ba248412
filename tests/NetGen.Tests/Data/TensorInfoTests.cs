namespace NetGen.Tests.Data;

public sealed class TensorInfoTests
{
    [Fact]
    public void It_compares_by_value()
    {
        Assert.Equal(new TensorInfo("a", [1, 2]), new TensorInfo("a", [1, 2]));
        Assert.Equal(new TensorInfo("a", [1, 2]).GetHashCode(), new TensorInfo("a", [1, 2]).GetHashCode());
        Assert.NotEqual(new TensorInfo("a", [1, 2]), new TensorInfo("a", [2, 1]));
        Assert.NotEqual(new TensorInfo("a", [1, 2]), new TensorInfo("b", [1, 2]));
        Assert.NotEqual(new TensorInfo("a", [1, 2]), new TensorInfo("a", [1, 2], ElementType.Int32));
        Assert.Equal(new TensorInfo("b", [3]), new TensorInfo("a", [3]).WithName("b"));
    }

    [Fact]
    public void It_prints_shapes_as_Keras_does()
    {
        Assert.Equal("dense/kernel (784, 128) Float32", new TensorInfo("dense/kernel", [784, 128]).ToString());
        Assert.Equal("b (3,) Int32", new TensorInfo("b", [3], ElementType.Int32).ToString());
        Assert.Equal("s () Float32", new TensorInfo("s", []).ToString());
    }

    [Fact]
    public void Its_size_is_the_product_of_its_shape()
    {
        Assert.Equal(24, new TensorInfo("a", [2, 3, 4]).Size);
        Assert.Equal(1, new TensorInfo("a", []).Size);
        Assert.Equal(0, new TensorInfo("a", [2, 0]).Size);
        Assert.Equal(int.MaxValue, new TensorInfo("a", [int.MaxValue]).Size);
        Assert.Throws<ArgumentException>(() => new TensorInfo("a", [65536, 32768]));
        Assert.Throws<ArgumentException>(() => new TensorInfo("a", [-1]));
        Assert.Throws<ArgumentException>(() => new TensorInfo("", [1]));
    }
}
