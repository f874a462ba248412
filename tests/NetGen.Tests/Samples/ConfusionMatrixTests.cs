using NetGen.Samples;

namespace NetGen.Tests.Samples;

public sealed class ConfusionMatrixTests
{
    [Fact]
    public void Answers_are_counted_by_truth()
    {
        Dataset samples = Dataset.FromArrays(new float[5], [1], [0, 2, 2, 1, 2]);
        float[] probabilities = [0.5f, 0.3f, 0.2f, 0.1f, 0.1f, 0.8f, 0.6f, 0.1f, 0.3f, 0.4f, 0.2f, 0.4f, 0, 0, 1];
        ConfusionMatrix matrix = ConfusionMatrix.Of(samples, probabilities, 3);
        int[][] counts = [.. Enumerable.Range(0, 3).Select(truth => Enumerable.Range(0, 3).Select(answer => matrix[truth, answer]).ToArray())];
        Assert.Equal([[1, 0, 0], [1, 0, 0], [1, 0, 2]], counts);
        Assert.Equal((5, 3, 3), (matrix.Total, matrix.Right, matrix.Classes));
        Assert.Equal([1, 1, 3], Enumerable.Range(0, 3).Select(matrix.CountOf));
    }

    /// <summary>Against a second way of counting.</summary>
    [Fact]
    public void Rows_add_up_to_the_classes_and_the_diagonal_to_the_accuracy()
    {
        Random random = new(5);
        int[] labels = [.. Enumerable.Range(0, 300).Select(_ => random.Next(7))];
        float[] probabilities = [.. Enumerable.Range(0, labels.Length * 7).Select(_ => random.NextSingle())];
        ConfusionMatrix matrix = ConfusionMatrix.Of(Dataset.FromArrays(new float[labels.Length], [1], labels), probabilities, 7);
        int right = probabilities.Chunk(7).Zip(labels).Count(pair => pair.First.Max() == pair.First[pair.Second]);
        Assert.Equal(right, matrix.Right);
        Assert.Equal(right, Enumerable.Range(0, 7).Sum(i => matrix[i, i]));
        Assert.Equal(labels.CountBy(label => label).OrderBy(pair => pair.Key).Select(pair => pair.Value), Enumerable.Range(0, 7).Select(matrix.CountOf));
    }
}
