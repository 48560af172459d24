using Spectre.Console;

namespace Farthing.Tests;

public sealed class ScreenTests
{
    [Fact]
    public void A_line_is_told_how_it_looks_once()
    {
        using var writer = new StringWriter();
        var console = Screen.Open(writer, new(IsTerminal: true, 80, Colors: true));

        console.Write(new Text("two words\nand more", new(decoration: Decoration.Bold)));
        console.Write(new Text(" plain\n"));
        console.Write(new Text("quiet", new(decoration: Decoration.Dim | Decoration.Underline)));

        writer.ToString().ReplaceLineEndings("\n").ShouldBe("\u001b[1mtwo words\u001b[0m\n\u001b[1mand more\u001b[0m plain\n\u001b[2m\u001b[4mquiet\u001b[0m");
    }

    [Fact]
    public void Without_colours_nothing_but_text_is_written()
    {
        using var writer = new StringWriter();

        Screen.Open(writer, Terminal.Pipe).Write(new Text("two words", new(Color.Red, decoration: Decoration.Bold)));

        writer.ToString().ShouldBe("two words");
    }

    [Fact]
    public void Texts_are_broken_at_the_width_of_the_terminal()
    {
        using var writer = new StringWriter();

        Screen.Open(writer, new(IsTerminal: true, 8, Colors: false)).Write(new Text("one two three"));

        writer.ToString().ReplaceLineEndings("\n").ShouldBe("one two \nthree");
    }
}
