using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using NetGen.Generator;
using NetGen.Importing;
using NetGen.Keras;

namespace NetGen;

/// <summary>Trained models of Keras as an annotated partial class and its weights.</summary>
public static class KerasImporter
{
    /// <summary>Levels of brackets in a configuration.</summary>
    private const int MostLevels = 64;

    /// <summary>Imports a whole model: a <c>.keras</c> file, or an <c>.h5</c> file that has a configuration.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">Names and shapes.</param>
    /// <returns>The class and the weights, neither of them written yet.</returns>
    /// <exception cref="ImportException">The model has layers or arguments that NetGen has not; the message lists all of them.</exception>
    /// <exception cref="ModelFileException">The file is damaged, or none of Keras, or its weights are not those of its configuration.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="ArgumentException">The name of the class or the namespace is none of C#.</exception>
    [RequiresUnreferencedCode(HdfFile.NotTrimmed)]
    [RequiresDynamicCode(HdfFile.NotTrimmed)]
    public static ImportedNetwork Import(string path, KerasImportOptions? options = null)
    {
        options ??= new KerasImportOptions();
        NetworkSource.Check(options.Namespace, options.ClassName);
        using KerasFile file = KerasFile.Open(path);
        if (file.Configuration is null)
        {
            throw new ImportException(path, ["The file has weights alone, and no configuration of the layers. Write the layers as attributes and load the weights with LoadKerasWeights, or save the whole model in Keras: model.save('model.keras')."]);
        }

        KerasTapeBuilder builder = new(path, options);
        try
        {
            using JsonDocument json = JsonDocument.Parse(file.Configuration, new JsonDocumentOptions { MaxDepth = MostLevels });
            builder.Build(json.RootElement);
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException)
        {
            throw new ImportException(path, [$"Its configuration is damaged: {e.Message}"]);
        }

        WantedWeight[] wanted = [.. builder.Parameters.Select(p => builder.Wanted(p.Name, p.Shape.Evaluate(new Dictionary<string, long>()), file.IsLegacy))];
        WeightMatch match = WeightMatcher.Match(file, wanted, new KerasWeightOptions(), "The file's configuration and its weights are of different models; save the model in Keras again.");
        List<ImportedTensor> tensors = [];
        for (int i = 0; i < wanted.Length; i++)
        {
            float[] values = match.Tensors[i]!.Read(path);
            tensors.Add(new ImportedTensor(wanted[i].Parameter, wanted[i].Shape, () => values));
        }

        return new ImportedNetwork(builder.Source, tensors, builder.Notes);
    }
}
