namespace NetGen.Samples;

/// <summary>The pictures at the end.</summary>
internal static class Pictures
{
    /// <summary>Draws learning curves and confusion matrix.</summary>
    /// <param name="folder">Where the files go.</param>
    /// <param name="title">What was trained on what.</param>
    /// <param name="history">What training has reported.</param>
    /// <param name="confusion">The answers to the test images.</param>
    /// <param name="classes">The names of the classes.</param>
    /// <returns>The files.</returns>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public static IReadOnlyList<string> Save(string folder, string title, History history, ConfusionMatrix confusion, IReadOnlyList<string> classes)
    {
        PlotFonts.Choose();
        string curves = Path.Combine(folder, "learning-curves.png"), matrix = Path.Combine(folder, "confusion-matrix.png");
        LearningCurves.Save(history, title, curves);
        ConfusionPicture.Save(confusion, classes, title, matrix);
        return [curves, matrix];
    }
}
