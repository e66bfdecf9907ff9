package dev.cadastre.portal.text;

import java.util.HashSet;
import java.util.Set;
import org.thymeleaf.processor.IProcessor;
import org.thymeleaf.standard.StandardDialect;
import org.thymeleaf.standard.processor.StandardTextTagProcessor;
import org.thymeleaf.standard.processor.StandardUtextTagProcessor;
import org.thymeleaf.templatemode.TemplateMode;

/**
 * Thymeleaf's standard dialect for our pages: text is printed by {@link TextProcessor}, and there
 * is no way to print markup that a value brings along.
 */
public final class PageDialect extends StandardDialect {
  @Override
  public Set<IProcessor> getProcessors(String dialectPrefix) {
    Set<IProcessor> processors = new HashSet<>(super.getProcessors(dialectPrefix));
    processors.removeIf(
        one ->
            one instanceof StandardUtextTagProcessor
                || (one instanceof StandardTextTagProcessor
                    && one.getTemplateMode() == TemplateMode.HTML));
    processors.add(new TextProcessor(dialectPrefix));
    return processors;
  }
}
