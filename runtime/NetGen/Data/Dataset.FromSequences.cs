namespace NetGen;

/// <content>Data sets of sequences of unequal lengths, one input and one target.</content>
public sealed partial class Dataset
{
    /// <summary>Makes a data set without targets, to predict from, of sequences of unequal lengths, which are copied.</summary>
    /// <param name="x">The sequences, each of any number of steps, row-major.</param>
    /// <param name="stepShape">The shape of one step; [] for one number at each step.</param>
    /// <returns>The data set, not checked for NaN and infinity; see <see cref="Validate"/>.</returns>
    /// <exception cref="ArgumentException">There is no sequence, or a length does not fit its shape.</exception>
    public static Dataset FromSequences(float[][] x, int[] stepShape) => new([TensorColumn.FromSequences(DefaultInput, x, stepShape)], []);

    /// <summary>Makes a data set without targets, to predict from, of texts as tokens, which are copied.</summary>
    /// <param name="tokens">The tokens of each text, as <see cref="Vocabulary.Encode(string, bool, bool)"/> gives them.</param>
    /// <returns>The data set.</returns>
    /// <exception cref="ArgumentException">There is no text.</exception>
    public static Dataset FromTokens(int[][] tokens) => new([TensorColumn.FromSequences(DefaultInput, tokens)], []);

    /// <summary>Makes a data set of sequences of unequal lengths, which are copied, and a target for each. A batch pads its sequences with zeros to its longest one and carries their lengths, so that padding does not count.</summary>
    /// <param name="x">The sequences, each of any number of steps, row-major.</param>
    /// <param name="stepShape">The shape of one step; [] for one number at each step.</param>
    /// <param name="y">The targets one after the other, as many as there are sequences.</param>
    /// <param name="targetShape">The shape of one target; null divides <paramref name="y"/> evenly.</param>
    /// <param name="sampleWeights">A weight per sample, or null.</param>
    /// <returns>The data set, not checked for NaN and infinity; see <see cref="Validate"/>.</returns>
    /// <exception cref="ArgumentException">There is no sequence, a length does not fit its shape, or the numbers of samples differ.</exception>
    public static Dataset FromSequences(float[][] x, int[] stepShape, float[] y, int[]? targetShape = null, float[]? sampleWeights = null) =>
        WithTarget(TensorColumn.FromSequences(DefaultInput, x, stepShape), y, targetShape, sampleWeights);

    /// <summary>Makes a data set of sequences of unequal lengths, which are copied, and a label for each.</summary>
    /// <param name="x">The sequences, each of any number of steps, row-major.</param>
    /// <param name="stepShape">The shape of one step; [] for one number at each step.</param>
    /// <param name="labels">A label per sequence.</param>
    /// <param name="sampleWeights">A weight per sample, or null.</param>
    /// <inheritdoc cref="FromSequences(float[][], int[], float[], int[], float[])"/>
    public static Dataset FromSequences(float[][] x, int[] stepShape, int[] labels, float[]? sampleWeights = null) =>
        WithLabels(TensorColumn.FromSequences(DefaultInput, x, stepShape), labels, sampleWeights);

    /// <summary>Makes a data set of sequences of unequal lengths and a target for each of their steps, which are copied.</summary>
    /// <param name="x">The sequences, each of any number of steps, row-major.</param>
    /// <param name="stepShape">The shape of one step; [] for one number at each step.</param>
    /// <param name="y">For each sequence the targets of its steps, row-major.</param>
    /// <param name="targetStepShape">The shape of one step's target; [] for one number.</param>
    /// <param name="sampleWeights">A weight per sample, or null.</param>
    /// <exception cref="ArgumentException">There is no sequence, a length does not fit its shape, the numbers of samples differ, or a sequence has more or fewer steps than its target.</exception>
    /// <inheritdoc cref="FromSequences(float[][], int[], float[], int[], float[])"/>
    public static Dataset FromSequences(float[][] x, int[] stepShape, float[][] y, int[] targetStepShape, float[]? sampleWeights = null) =>
        StepByStep(TensorColumn.FromSequences(DefaultInput, x, stepShape), TensorColumn.FromSequences(DefaultTarget, y, targetStepShape), sampleWeights);

    /// <summary>Makes a data set of sequences of unequal lengths and a label for each of their steps, which are copied.</summary>
    /// <param name="x">The sequences, each of any number of steps, row-major.</param>
    /// <param name="stepShape">The shape of one step; [] for one number at each step.</param>
    /// <param name="labels">For each sequence the labels of its steps.</param>
    /// <param name="sampleWeights">A weight per sample, or null.</param>
    /// <inheritdoc cref="FromSequences(float[][], int[], float[][], int[], float[])"/>
    public static Dataset FromSequences(float[][] x, int[] stepShape, int[][] labels, float[]? sampleWeights = null) =>
        StepByStep(TensorColumn.FromSequences(DefaultInput, x, stepShape), TensorColumn.FromSequences(DefaultTarget, labels), sampleWeights);

    /// <summary>Makes a data set of texts as tokens, which are copied, and a target for each.</summary>
    /// <param name="tokens">The tokens of each text, as <see cref="Vocabulary.Encode(string, bool, bool)"/> gives them.</param>
    /// <param name="y">The targets one after the other, as many as there are texts.</param>
    /// <param name="targetShape">The shape of one target; null divides <paramref name="y"/> evenly.</param>
    /// <param name="sampleWeights">A weight per sample, or null.</param>
    /// <inheritdoc cref="FromSequences(float[][], int[], float[], int[], float[])"/>
    public static Dataset FromTokens(int[][] tokens, float[] y, int[]? targetShape = null, float[]? sampleWeights = null) =>
        WithTarget(TensorColumn.FromSequences(DefaultInput, tokens), y, targetShape, sampleWeights);

    /// <summary>Makes a data set of texts as tokens, which are copied, and a label for each.</summary>
    /// <param name="tokens">The tokens of each text, as <see cref="Vocabulary.Encode(string, bool, bool)"/> gives them.</param>
    /// <param name="labels">A label per text.</param>
    /// <param name="sampleWeights">A weight per sample, or null.</param>
    /// <inheritdoc cref="FromSequences(float[][], int[], float[], int[], float[])"/>
    public static Dataset FromTokens(int[][] tokens, int[] labels, float[]? sampleWeights = null) =>
        WithLabels(TensorColumn.FromSequences(DefaultInput, tokens), labels, sampleWeights);

    /// <summary>Makes a data set of texts as tokens and a label for each token, for example the next one. They are copied.</summary>
    /// <param name="tokens">The tokens of each text, as <see cref="Vocabulary.Encode(string, bool, bool)"/> gives them.</param>
    /// <param name="labels">For each text the labels of its tokens.</param>
    /// <param name="sampleWeights">A weight per sample, or null.</param>
    /// <inheritdoc cref="FromSequences(float[][], int[], float[][], int[], float[])"/>
    public static Dataset FromTokens(int[][] tokens, int[][] labels, float[]? sampleWeights = null) =>
        StepByStep(TensorColumn.FromSequences(DefaultInput, tokens), TensorColumn.FromSequences(DefaultTarget, labels), sampleWeights);

    private static Dataset StepByStep(TensorColumn input, TensorColumn target, float[]? sampleWeights)
    {
        Dataset data = new([input], [target], sampleWeights);
        for (int i = 0; i < data.Count; i++)
        {
            if (input.StepsOf(i) != target.StepsOf(i))
                throw new ArgumentException($"Sequence {i} has {input.StepsOf(i)} steps and targets for {target.StepsOf(i)}; one for each step is expected.");
        }

        return data;
    }
}
